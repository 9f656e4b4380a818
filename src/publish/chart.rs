//! The charts of the report, drawn with plotters: how far pupils go, and how full schools are.

use plotters::coord::Shift;
use plotters::prelude::{
    ChartBuilder, Color, DrawingArea, DrawingAreaErrorKind, DrawingBackend, IntoDrawingArea, IntoFont, PathElement,
    RGBColor, Rectangle, SVGBackend, Text, WHITE,
};

use super::{Publication, font};
use crate::language::Message;
use crate::measure::{Load, loads};
use crate::space::Nearby;

/// The charts of one stage, as SVG.
pub(super) struct Charts {
    pub(super) distance: String,
    pub(super) seats: String,
}

const BAR: RGBColor = RGBColor(74, 127, 176);
pub(super) const BAR_OVER: RGBColor = RGBColor(194, 38, 28);
pub(super) const INK: RGBColor = RGBColor(40, 40, 40);

/// A marker for the font stack, since plotters writes one family into quotation marks.
pub(super) const FAMILY: &str = "xuequ";

pub(super) type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
pub(super) type Drawn = Result<(), DrawingAreaErrorKind<<SVGBackend<'static> as DrawingBackend>::ErrorType>>;

/// Draws the charts of the stage at `position` of the scheme.
pub(super) fn charts(publication: &Publication<'_>, position: usize) -> Charts {
    let catchments = &publication.scheme.catchments[position];
    let measures = &publication.evaluation.stages[position];
    let to = Nearby::new(publication.county, &publication.ground.distances, catchments.stage);
    let ways: Vec<(f64, u64)> = publication
        .county
        .block_indices()
        .filter_map(|block| {
            let school = catchments.school_of(block)?;
            let pupils = u64::from(publication.county.block(block).pupils[catchments.stage]);
            Some((to.metres(block, school), pupils))
        })
        .collect();
    let loads: Vec<Load> = loads(publication.county, publication.scheme, catchments.stage)
        .into_iter()
        .filter(|load| load.seats > 0)
        .collect();
    let stage = || catchments.stage.message();
    let title = |key: &str| Message::new(key).sentence("stage", stage()).in_language(publication.language);
    let text = |key: &str| publication.language.text(key);
    Charts {
        distance: svg((860, 400), |area| {
            distances(
                area,
                &ways,
                measures.radius_m,
                &title("chart-distance"),
                [&text("chart-metres"), &text("chart-pupils")],
            )
        }),
        seats: svg((860, 400), |area| {
            seats(area, &loads, &title("chart-seats"), [&text("chart-schools"), &text("chart-seat-use")])
        }),
    }
}

/// Runs a drawing and gives its text the fonts of all our drawings.
pub(super) fn svg(size: (u32, u32), draw: impl FnOnce(&Area<'_>) -> Drawn) -> String {
    let mut drawn = String::new();
    {
        let area = SVGBackend::with_string(&mut drawn, size).into_drawing_area();
        area.fill(&WHITE)
            .and_then(|()| draw(&area))
            .and_then(|()| area.present())
            .expect("a drawing in memory succeeds");
    }
    let texts: String = drawn.split('>').filter_map(|piece| piece.split_once('<')).map(|(text, _)| text).collect();
    let style = format!("<style>{}</style>\n", font::style_for(&texts));
    let families = font::FAMILIES.replace('\'', "&apos;");
    let drawn = drawn.replace(&format!("font-family=\"{FAMILY}\""), &format!("font-family=\"{families}\""));
    match drawn.find('>') {
        Some(end) => format!("{}\n{style}{}", &drawn[..=end], &drawn[end + 1..]),
        None => drawn,
    }
}

/// A round step so that `most` takes about `wanted` of them.
fn step(most: f64, wanted: f64) -> f64 {
    let rough = (most / wanted).max(1e-9);
    let power = 10_f64.powf(rough.log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|factor| factor * power).find(|step| *step >= rough).unwrap_or(10.0 * power)
}

fn distances(area: &Area<'_>, ways: &[(f64, u64)], radius: f64, title: &str, axes: [&str; 2]) -> Drawn {
    let longest = ways.iter().filter(|(_, pupils)| *pupils > 0).map(|(metres, _)| *metres).fold(radius, f64::max);
    let width = step(longest, 24.0);
    let mut bins = vec![0_u64; (longest / width).floor() as usize + 1];
    for (metres, pupils) in ways.iter().filter(|(_, pupils)| *pupils > 0) {
        bins[(metres / width).floor() as usize] += pupils;
    }
    let most = bins.iter().copied().max().unwrap_or(0).max(1) as f64;
    let right = width * bins.len() as f64;
    let mut chart = ChartBuilder::on(area)
        .caption(title, (FAMILY, 20).into_font())
        .margin(14)
        .x_label_area_size(44)
        .y_label_area_size(64)
        .build_cartesian_2d(0.0..right, 0.0..most * 1.08)?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .max_light_lines(1)
        .x_desc(axes[0])
        .y_desc(axes[1])
        .label_style((FAMILY, 13).into_font())
        .axis_desc_style((FAMILY, 14).into_font())
        .x_label_formatter(&|value| format!("{value:.0}"))
        .y_label_formatter(&|value| format!("{value:.0}"))
        .draw()?;
    chart.draw_series(bins.iter().enumerate().map(|(position, pupils)| {
        let left = width * position as f64;
        Rectangle::new([(left + width * 0.04, 0.0), (left + width * 0.96, *pupils as f64)], BAR.filled())
    }))?;
    chart.draw_series([PathElement::new(vec![(radius, 0.0), (radius, most * 1.08)], BAR_OVER.stroke_width(2))])?;
    let label = Text::new(
        format!("{radius:.0} m"),
        (radius + right * 0.008, most * 1.06),
        (FAMILY, 13).into_font().color(&BAR_OVER),
    );
    chart.draw_series([label])?;
    Ok(())
}

fn seats(area: &Area<'_>, loads: &[Load], title: &str, axes: [&str; 2]) -> Drawn {
    let mut uses: Vec<f64> = loads.iter().map(|load| 100.0 * load.seat_use()).collect();
    uses.sort_by(|first, second| second.total_cmp(first));
    let most = uses.first().copied().unwrap_or(0.0).max(100.0);
    let mut chart = ChartBuilder::on(area)
        .caption(title, (FAMILY, 20).into_font())
        .margin(14)
        .x_label_area_size(44)
        .y_label_area_size(64)
        .build_cartesian_2d(0.0..uses.len().max(1) as f64, 0.0..most * 1.08)?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .max_light_lines(1)
        .x_labels(0)
        .x_desc(axes[0])
        .y_desc(axes[1])
        .label_style((FAMILY, 13).into_font())
        .axis_desc_style((FAMILY, 14).into_font())
        .y_label_formatter(&|value| format!("{value:.0} %"))
        .draw()?;
    chart.draw_series(uses.iter().enumerate().map(|(position, value)| {
        let left = position as f64;
        let colour = if *value > 100.0 { BAR_OVER } else { BAR };
        Rectangle::new([(left + 0.1, 0.0), (left + 0.9, *value)], colour.filled())
    }))?;
    chart
        .draw_series([PathElement::new(vec![(0.0, 100.0), (uses.len().max(1) as f64, 100.0)], INK.stroke_width(1))])?;
    Ok(())
}
