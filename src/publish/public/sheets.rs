//! The map sheets of the bundle, and a page that lists them.

use rayon::prelude::*;

use super::super::map::{APART, Drawn, StageSheets, Subject, Svg, grouped};
use super::super::press::{Press, SheetError, Typeface};
use super::super::{OutputFolder, Palette, sheet_name};
use super::{Bundle, BundleError, Edition};
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

/// A sheet to be made.
pub(super) struct Wanted<'a> {
    /// Its stage, in words.
    pub(super) stage: String,
    /// The key of the heading in the list it stands under; none for those that stand first.
    pub(super) heading: Option<&'static str>,
    /// What the list calls it.
    pub(super) name: String,
    /// Its files without ending.
    pub(super) stem: String,
    /// Draws it for a paper; none where there is nothing to be drawn.
    pub(super) draw: Box<dyn Fn(PaperSize) -> Option<Drawn> + Sync + 'a>,
}

/// Writes the sheets of catchments: the overviews beside the other papers and all others into `maps`, with a list of them.
pub(super) fn of_stages(
    bundle: &Bundle<'_>,
    palettes: &[Palette],
    folder: &mut OutputFolder,
) -> Result<(), BundleError> {
    let (publication, edition) = (&bundle.publication, &bundle.edition);
    let release = release(edition);
    let of_stage = |(position, palette)| StageSheets::new(publication, position, palette, edition.audience(), &release);
    let stages: Vec<StageSheets<'_>> = palettes.iter().enumerate().map(of_stage).collect();
    let mut wanted = Vec::new();
    for (position, sheets) in stages.iter().enumerate() {
        let stage = publication.scheme.catchments[position].stage;
        let overview = sheet_name("map", position, stage);
        for (subject, file) in sheets.subjects() {
            wanted.push(Wanted {
                stage: stage.message().in_language(edition.language),
                heading: match subject {
                    Subject::District(_) => Some("sheet-districts"),
                    Subject::School(_) => Some("sheet-schools"),
                    _ => None,
                },
                name: sheets.name(subject),
                stem: match subject {
                    Subject::Overview => overview.trim_end_matches(".svg").to_owned(),
                    _ => format!("maps/{file}"),
                },
                draw: Box::new(move |paper| sheets.draw(subject, paper)),
            });
        }
    }
    write(edition, "atlas-title", &wanted, folder)
}

/// Writes sheets, and `maps/index.html` that lists them under a title.
pub(super) fn write(
    edition: &Edition<'_>,
    title: &'static str,
    wanted: &[Wanted<'_>],
    folder: &mut OutputFolder,
) -> Result<(), BundleError> {
    let press = Press::new(edition.sheets.typeface)?;
    let papers = if edition.sheets.papers.is_empty() { &[PaperSize::A3] } else { edition.sheets.papers };
    let mut rows: Vec<Row<'_>> = Vec::new();
    for some in wanted.chunks(AT_ONCE) {
        let made: Vec<Result<Made, SheetError>> =
            some.par_iter().with_max_len(1).map(|sheet| make(edition, &press, sheet, papers)).collect();
        for (sheet, made) in some.iter().zip(made) {
            let Made { files, listed } = made?;
            for (name, bytes) in files {
                folder.write(&name, &bytes)?;
            }
            rows.push(Row { sheet, listed });
        }
    }
    folder.write("maps/index.html", list(edition, title, &rows).as_bytes())?;
    Ok(())
}

/// The files of a sheet, and what the list says of it.
struct Made {
    files: Vec<(String, Vec<u8>)>,
    listed: Vec<Listed>,
}

fn make(
    edition: &Edition<'_>,
    press: &Press<'_>,
    sheet: &Wanted<'_>,
    papers: &[PaperSize],
) -> Result<Made, SheetError> {
    let SheetOptions { formats, text_as_paths, .. } = edition.sheets;
    let mut made = Made { files: Vec::new(), listed: Vec::new() };
    for (position, paper) in papers.iter().enumerate() {
        let Some(drawn) = (sheet.draw)(*paper) else { continue };
        let stem = if position == 0 { sheet.stem.clone() } else { format!("{}-{}", sheet.stem, paper.slug()) };
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
pub(super) fn release(edition: &Edition<'_>) -> Vec<String> {
    let language = edition.language;
    let details = edition.details();
    let blank = || language.text("notice-blank");
    let value = details.map_approval.clone().filter(|text| !text.trim().is_empty()).unwrap_or_else(blank);
    let number = edition.number();
    let office = details.office.as_ref().map(|office| Message::new("map-office").text("office", office));
    let approval = Message::new("map-approval").text("value", value);
    let version = match &details.version {
        Some(version) => Message::new("map-version").text("version", version).text("number", number),
        None => Message::new("map-number").text("number", number),
    };
    let said = office.into_iter().chain([approval, version]);
    vec![said.map(|message| message.in_language(language)).collect::<Vec<String>>().join(APART)]
}

/// A sheet in the list.
struct Row<'a> {
    sheet: &'a Wanted<'a>,
    listed: Vec<Listed>,
}

/// The page that lists the sheets.
fn list(edition: &Edition<'_>, title: &'static str, rows: &[Row<'_>]) -> String {
    let language = edition.language;
    let status = edition.status.map(|key| language.text(key)).unwrap_or_default();
    let title = Message::new(edition.key(language, title)).text("county", edition.county(language)).clause(
        "status",
        "clause-status",
        &status,
    );
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
    for of_stage in rows.chunk_by(|first, second| first.sheet.stage == second.sheet.stage) {
        page.text("h2", &[], &of_stage[0].sheet.stage);
        for some in of_stage.chunk_by(|first, second| first.sheet.heading == second.sheet.heading) {
            if let Some(heading) = some[0].sheet.heading {
                page.text("h3", &[], &edition.word(heading));
            }
            table(&mut page, edition, some);
        }
    }
    page.close("body");
    page.close("html");
    format!("<!DOCTYPE html>\n{}\n", page.into_parts().0)
}

fn table(page: &mut Svg, edition: &Edition<'_>, rows: &[Row<'_>]) {
    let language = edition.language;
    let mut endings: Vec<&str> = vec!["svg"];
    let others = [SheetFormat::Pdf, SheetFormat::Png];
    endings.extend(others.iter().filter(|format| edition.sheets.formats.contains(format)).map(|format| format.slug()));
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
            page.text("td", &[], &row.sheet.name);
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
