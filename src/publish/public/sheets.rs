//! The map sheets of the bundle, and a page that lists them.

use rayon::prelude::*;

use super::super::map::{APART, Drawn, StageSheets, Subject, Svg, grouped};
use super::super::press::{Press, SheetError, Typeface};
use super::super::{OutputFolder, Palette, sheet_name};
use super::{Bundle, BundleError};
use crate::language::Message;
use crate::model::settings::{PaperSize, SheetFormat};

/// How the sheets are made.
#[derive(Clone, Copy, Debug)]
pub struct SheetOptions<'a> {
    /// What for; the files of the first have no addition to their names. A3 where there is none.
    pub papers: &'a [PaperSize],
    /// In which formats; SVG is always written.
    pub formats: &'a [SheetFormat],
    /// Whether every letter of the SVG files is a path.
    pub text_as_paths: bool,
    /// The font of PDF, PNG and paths.
    pub typeface: Option<&'a Typeface>,
}

/// Sheets that are made at once and then written, so that an atlas need not fit into the memory.
const AT_ONCE: usize = 32;

/// What the list says of a sheet on a paper.
struct Listed {
    stem: String,
    ratio: Option<f64>,
    indexed: usize,
}

/// Writes the overviews beside the other papers and all other sheets into `maps`, with a list of them.
pub(super) fn write(bundle: &Bundle<'_>, palettes: &[Palette], folder: &mut OutputFolder) -> Result<(), BundleError> {
    let publication = &bundle.publication;
    let press = Press::new(bundle.sheets.typeface)?;
    let papers = if bundle.sheets.papers.is_empty() { &[PaperSize::A3] } else { bundle.sheets.papers };
    let release = release(bundle);
    let mut rows: Vec<Row> = Vec::new();
    for (position, palette) in palettes.iter().enumerate() {
        let stage = publication.scheme.catchments[position].stage;
        let sheets = StageSheets::new(publication, position, palette, bundle.audience(), &release);
        let subjects = sheets.subjects();
        let overview = sheet_name("map", position, stage);
        for some in subjects.chunks(AT_ONCE) {
            let made: Vec<Result<Made, SheetError>> = some
                .par_iter()
                .with_max_len(1)
                .map(|(subject, file)| {
                    let stem = match subject {
                        Subject::Overview => overview.trim_end_matches(".svg").to_owned(),
                        _ => format!("maps/{file}"),
                    };
                    make(bundle, &press, &sheets, *subject, &stem, papers)
                })
                .collect();
            for ((subject, _), made) in some.iter().zip(made) {
                let Made { files, listed } = made?;
                for (name, bytes) in files {
                    folder.write(&name, &bytes)?;
                }
                rows.push(Row {
                    stage: stage.message().in_language(publication.language),
                    subject: *subject,
                    name: sheets.name(*subject),
                    listed,
                });
            }
        }
    }
    folder.write("maps/index.html", list(bundle, &rows).as_bytes())?;
    Ok(())
}

/// The files of a sheet, and what the list says of it.
struct Made {
    files: Vec<(String, Vec<u8>)>,
    listed: Vec<Listed>,
}

fn make(
    bundle: &Bundle<'_>,
    press: &Press<'_>,
    sheets: &StageSheets<'_>,
    subject: Subject,
    stem: &str,
    papers: &[PaperSize],
) -> Result<Made, SheetError> {
    let SheetOptions { formats, text_as_paths, .. } = bundle.sheets;
    let mut made = Made { files: Vec::new(), listed: Vec::new() };
    for (position, paper) in papers.iter().enumerate() {
        let Some(drawn) = sheets.draw(subject, *paper) else { continue };
        let stem = if position == 0 { stem.to_owned() } else { format!("{stem}-{}", paper.slug()) };
        let wants = |format: SheetFormat| formats.contains(&format);
        if text_as_paths || wants(SheetFormat::Pdf) || wants(SheetFormat::Png) {
            press.require_glyphs(&drawn.characters)?;
        }
        if wants(SheetFormat::Pdf) {
            made.files.push((format!("{stem}.pdf"), press.pdf(&drawn, &stem)?));
        }
        if wants(SheetFormat::Png) {
            made.files.push((format!("{stem}.png"), press.png(&drawn, &stem)?));
        }
        let Drawn { ratio, indexed, .. } = drawn;
        let svg = if text_as_paths { press.paths(&drawn, &stem)? } else { drawn.svg };
        made.files.push((format!("{stem}.svg"), svg.into_bytes()));
        made.listed.push(Listed { stem, ratio, indexed });
    }
    Ok(made)
}

/// What stands at the foot of every sheet that is released: who publishes, the review number or an empty slot for it, and
/// which version of the scheme it shows.
fn release(bundle: &Bundle<'_>) -> Vec<String> {
    let language = bundle.publication.language;
    let details = bundle.details;
    let blank = || language.text("notice-blank");
    let value = details.map_approval.clone().filter(|text| !text.trim().is_empty()).unwrap_or_else(blank);
    let number = bundle.number();
    let office = details.office.as_ref().map(|office| Message::new("map-office").text("office", office));
    let approval = Message::new("map-approval").text("value", value);
    let version = match &details.version {
        Some(version) => Message::new("map-version").text("version", version).text("number", number),
        None => Message::new("map-number").text("number", number),
    };
    let said = office.into_iter().chain([approval, version]);
    vec![said.map(|message| message.in_language(language)).collect::<Vec<String>>().join(APART)]
}

/// The heading of some sheets in the list, and which belong there.
type Group = (&'static str, fn(Subject) -> bool);

/// A sheet in the list.
struct Row {
    stage: String,
    subject: Subject,
    name: String,
    listed: Vec<Listed>,
}

/// The page that lists the sheets.
fn list(bundle: &Bundle<'_>, rows: &[Row]) -> String {
    let publication = &bundle.publication;
    let language = publication.language;
    let county = publication.county.name.clone().unwrap_or_else(|| language.text("county-unnamed"));
    let status = publication.status.map(|key| language.text(key)).unwrap_or_default();
    let title = Message::new("atlas-title").text("county", county).clause("status", "clause-status", &status);
    let title = title.in_language(language);
    let mut page = Svg::new();
    page.open("html", &[("lang", language.tag())]);
    page.open("head", &[]);
    page.empty("meta", &[("charset", "utf-8")]);
    page.empty("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
    page.empty(
        "meta",
        &[("http-equiv", "Content-Security-Policy"), ("content", "default-src 'none'; style-src 'unsafe-inline'")],
    );
    page.text("title", &[], &title);
    page.open("style", &[]);
    page.raw(
        "body{font-family:sans-serif;color:#1b1b1b;max-width:62rem;margin:1.5rem auto;padding:0 1rem}\
         table{border-collapse:collapse;width:100%;margin-bottom:1.5rem}\
         th,td{border-bottom:1px solid #bbb;padding:.4rem;text-align:left;vertical-align:top}\
         a{color:#0b4f8a;margin-right:.8rem;display:inline-block}",
    );
    page.close("style");
    page.close("head");
    page.open("body", &[]);
    page.text("h1", &[], &title);
    page.text("p", &[], &language.text("atlas-note"));
    let groups: [Group; 3] = [
        ("", |subject| !matches!(subject, Subject::District(_) | Subject::School(_))),
        ("sheet-districts", |subject| matches!(subject, Subject::District(_))),
        ("sheet-schools", |subject| matches!(subject, Subject::School(_))),
    ];
    let mut stages: Vec<&str> = rows.iter().map(|row| row.stage.as_str()).collect();
    stages.dedup();
    for stage in stages {
        page.text("h2", &[], stage);
        for (heading, belongs) in groups {
            let some: Vec<&Row> = rows.iter().filter(|row| row.stage == stage && belongs(row.subject)).collect();
            if some.is_empty() {
                continue;
            }
            if !heading.is_empty() {
                page.text("h3", &[], &language.text(heading));
            }
            table(&mut page, bundle, &some);
        }
    }
    page.close("body");
    page.close("html");
    format!("<!DOCTYPE html>\n{}\n", page.into_parts().0)
}

fn table(page: &mut Svg, bundle: &Bundle<'_>, rows: &[&Row]) {
    let language = bundle.publication.language;
    let mut endings: Vec<&str> = vec!["svg"];
    let others = [SheetFormat::Pdf, SheetFormat::Png];
    endings.extend(others.iter().filter(|format| bundle.sheets.formats.contains(format)).map(|format| format.slug()));
    page.open("table", &[]);
    page.open("thead", &[]);
    page.open("tr", &[]);
    for key in ["atlas-sheet", "atlas-ratio", "atlas-indexed", "atlas-files"] {
        page.text("th", &[("scope", "col")], &language.text(key));
    }
    page.close("tr");
    page.close("thead");
    page.open("tbody", &[]);
    for row in rows {
        for listed in &row.listed {
            page.open("tr", &[]);
            page.text("td", &[], &row.name);
            let ratio = listed.ratio.map(|ratio| format!("1:{}", grouped(ratio)));
            page.text("td", &[], &ratio.unwrap_or_default());
            page.text("td", &[], &listed.indexed.to_string());
            page.open("td", &[]);
            // The list lies in `maps`, the overviews above it.
            let link = listed.stem.strip_prefix("maps/").map_or_else(|| format!("../{}", listed.stem), str::to_owned);
            for ending in &endings {
                page.text("a", &[("href", &format!("{link}.{ending}"))], ending);
            }
            page.close("td");
            page.close("tr");
        }
    }
    page.close("tbody");
    page.close("table");
    page.line();
}
