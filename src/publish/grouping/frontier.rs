//! `frontier.csv` and `frontier-STAGE.svg`: the groupings an office may choose between, each objective by itself.

use plotters::prelude::{ChartBuilder, Circle, Color, EmptyElement, IntoFont, RGBColor, Text};

use super::super::GroupingPublication;
use super::super::chart::{Area, BAR_OVER, Drawn, FAMILY, INK, svg};
use super::super::table::CsvTable;
use crate::language::Message;
use crate::measure::{FrontierPoint, GroupingMeasures};

/// The columns of the table and of the report.
pub(super) const HEADS: [&str; 10] = [
    "frontier-point",
    "frontier-near",
    "frontier-size",
    "frontier-equity",
    "frontier-weak",
    "frontier-change",
    "frontier-weights",
    "frontier-most",
    "frontier-knee",
    "frontier-picked",
];

/// What a point says in each of [`HEADS`].
pub(super) fn cells(point: &FrontierPoint, mark: &str) -> Vec<String> {
    let of = &point.objectives;
    let percent = |share: f64| format!("{:.1}%", 100.0 * share);
    let marked = |is_so: bool| if is_so { mark.to_owned() } else { String::new() };
    let [near, size, pair] = point.weights;
    vec![
        point.point.to_string(),
        format!("{:.0}", of.near_m),
        format!("{:.3}", of.size),
        of.equity.map_or_else(String::new, |equity| format!("{equity:.4}")),
        percent(of.weak_without_lead),
        of.change.map_or_else(String::new, percent),
        // Where the imbalance is bounded, its weight is not what was asked for.
        if point.most_imbalance.is_some() { String::new() } else { format!("{near} / {size} / {pair}") },
        point.most_imbalance.map_or_else(String::new, |most| format!("{:.0}%", 100.0 * most)),
        marked(point.is_knee),
        marked(point.is_picked),
    ]
}

/// The table of all stages, one after the other.
pub(super) fn table(publication: &GroupingPublication<'_>) -> Vec<u8> {
    let language = publication.language;
    let stage = language.text("column-stage");
    let header: Vec<String> = std::iter::once(stage)
        .chain(HEADS.map(|head| language.text(&language.key_with(head, publication.settings.policy.noun()))))
        .collect();
    let mut table = CsvTable::new(&header.iter().map(String::as_str).collect::<Vec<&str>>());
    let mark = language.text("word-yes");
    for measures in publication.measured {
        for point in &measures.frontier {
            let stage = measures.stage.of_schools().in_language(language);
            table.row(std::iter::once(stage).chain(cells(point, &mark)));
        }
    }
    table.into_bytes()
}

/// Nearness against equity, or against size where no school is rated: every grouping of the frontier with its number, the bend in a ring, the one that is
/// written filled.
pub(super) fn chart(publication: &GroupingPublication<'_>, measures: &GroupingMeasures) -> String {
    let language = publication.language;
    let noun = publication.settings.policy.noun();
    let title = Message::new(language.key_with("frontier-title", noun)).sentence("stage", measures.stage.of_schools());
    let title = title.text("noun", language.noun(noun)).in_language(language);
    let is_rated = measures.frontier.iter().all(|point| point.objectives.equity.is_some());
    let upward = |point: &FrontierPoint| match point.objectives.equity {
        Some(equity) if is_rated => equity,
        _ => point.objectives.size,
    };
    let points: Vec<(f64, f64, &FrontierPoint)> =
        measures.frontier.iter().map(|point| (point.objectives.near_m, upward(point), point)).collect();
    let axes = ["frontier-near", if is_rated { "frontier-equity" } else { "frontier-size" }];
    let axes = axes.map(|key| language.text(&language.key_with(key, noun)));
    let legend =
        ["frontier-legend-knee", "frontier-legend-picked", "frontier-legend-size"].map(|key| language.text(key));
    svg((860, 460), |area| draw(area, &points, &title, &axes, &legend))
}

/// Dark where districts are of even size, pale where they are not.
fn shade(share: f64) -> RGBColor {
    let mix = |dark: u8, pale: u8| (f64::from(dark) + share * (f64::from(pale) - f64::from(dark))).round() as u8;
    RGBColor(mix(16, 158), mix(58, 196), mix(110, 228))
}

fn draw(
    area: &Area<'_>,
    points: &[(f64, f64, &FrontierPoint)],
    title: &str,
    axes: &[String; 2],
    legend: &[String; 3],
) -> Drawn {
    let range = |of: fn(&(f64, f64, &FrontierPoint)) -> f64| {
        let least = points.iter().map(of).fold(f64::INFINITY, f64::min);
        let most = points.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
        let margin = 0.09 * (most - least).max(1e-3 * most.abs()).max(1e-9);
        least - margin..most + margin
    };
    let mut chart = ChartBuilder::on(area)
        .caption(title, (FAMILY, 20).into_font())
        .margin(14)
        .x_label_area_size(44)
        .y_label_area_size(72)
        .build_cartesian_2d(range(|point| point.0), range(|point| point.1))?;
    chart
        .configure_mesh()
        .max_light_lines(1)
        .x_desc(axes[0].as_str())
        .y_desc(axes[1].as_str())
        .label_style((FAMILY, 13).into_font())
        .axis_desc_style((FAMILY, 14).into_font())
        .x_label_formatter(&|value| format!("{value:.0}"))
        .y_label_formatter(&|value| format!("{value:.3}"))
        .draw()?;
    let at: Vec<(i32, i32)> = points.iter().map(|(near, up, _)| chart.backend_coord(&(*near, *up))).collect();
    let sizes = || points.iter().map(|(.., point)| point.objectives.size);
    let (even, uneven) = (sizes().fold(f64::INFINITY, f64::min), sizes().fold(f64::NEG_INFINITY, f64::max));
    chart.draw_series(points.iter().enumerate().map(|(position, (near, up, point))| {
        let share = (point.objectives.size - even) / (uneven - even).max(1e-9);
        let (dot, ring) = if point.is_picked { (BAR_OVER.filled(), 6) } else { (shade(share).filled(), 5) };
        let number = (FAMILY, 13).into_font().color(&INK);
        // Where a number would stand on another, it stands on the other side.
        let (x, y) = at[position];
        let is_crowded =
            at[..position].iter().any(|(other_x, other_y)| (x - other_x).abs() < 26 && (y - other_y).abs() < 16);
        let label = if is_crowded { (-20, 4) } else { (8, -16) };
        EmptyElement::at((*near, *up))
            + Circle::new((0, 0), ring, dot)
            + Text::new(point.point.to_string(), label, number)
    }))?;
    let knees = points.iter().filter(|(.., point)| point.is_knee);
    chart.draw_series(knees.map(|(near, up, _)| Circle::new((*near, *up), 11, INK.stroke_width(2))))?;
    // What the signs mean stands in the corner no point of a frontier comes to: far and uneven at once.
    let (width, _) = area.dim_in_pixel();
    let left = width as i32 - 270;
    area.draw(&Circle::new((left, 62), 8, INK.stroke_width(2)))?;
    area.draw(&Text::new(legend[0].clone(), (left + 16, 54), (FAMILY, 13).into_font().color(&INK)))?;
    area.draw(&Circle::new((left, 86), 6, BAR_OVER.filled()))?;
    area.draw(&Text::new(legend[1].clone(), (left + 16, 78), (FAMILY, 13).into_font().color(&INK)))?;
    for (step, share) in [0.0, 0.5, 1.0].into_iter().enumerate() {
        area.draw(&Circle::new((left - 12 + 12 * step as i32, 110), 5, shade(share).filled()))?;
    }
    area.draw(&Text::new(legend[2].clone(), (left + 24, 102), (FAMILY, 13).into_font().color(&INK)))
}
