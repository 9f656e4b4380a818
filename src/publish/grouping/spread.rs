//! `spreads.csv`: how unlike schools are in each of the seven indicators, of all, of each county and of each district.

use super::super::GroupingPublication;
use super::tables::table;
use crate::measure::IndicatorSpread;

/// Keys of the columns that both the table and the report have: the seven indicators, and their mean before and after.
pub(super) const HEADS: [&str; 9] = [
    "indicator-qualified-teachers",
    "indicator-backbone-teachers",
    "indicator-arts-sport-teachers",
    "indicator-teaching-area",
    "indicator-sports-area",
    "indicator-equipment-value",
    "indicator-multimedia-rooms",
    "column-before",
    "column-after",
];

/// The mean over those of the seven indicators that are known.
pub(super) fn mean(indicators: &[IndicatorSpread], of: fn(&IndicatorSpread) -> Option<f64>) -> Option<f64> {
    let known: Vec<f64> = indicators.iter().filter_map(of).collect();
    (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
}

/// A row for all schools of a stage, for those of each county, and for those of each district.
pub(super) fn spreads(publication: &GroupingPublication<'_>) -> Vec<u8> {
    let language = publication.language;
    let heads = [&["annex-county", "annex-name", "column-stage"], &HEADS[..]].concat();
    let mut table = table(publication, &heads);
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value:.4}"));
    let between = language.text("annex-between");
    for measures in publication.measured {
        for spread in &measures.spreads {
            let district = measures.districts.iter().find(|of| Some(&of.district_id) == spread.district_id.as_ref());
            let county = match (&spread.county, district) {
                (Some(county), _) => county.clone(),
                (None, Some(district)) => district.counties.join(&between),
                (None, None) => language.text("word-all"),
            };
            let name = district.map_or_else(String::new, |district| district.name.clone());
            let mut row = vec![county, name, spread.stage.message().in_language(language)];
            row.extend(spread.indicators.iter().map(|of| number(of.between_schools)));
            row.push(number(mean(&spread.indicators, |of| of.between_schools)));
            row.push(number(mean(&spread.indicators, |of| of.between_districts)));
            table.row(row);
        }
    }
    table.into_bytes()
}
