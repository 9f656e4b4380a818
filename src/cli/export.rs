//! `xuequ export`: an output folder, or any layers and tables, in other formats.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::arguments::ExportOptions;
use super::exit::{Exit, Failure, Outcome};
use super::terminal::Terminal;
use crate::language::Message;
use crate::model::Severity;
use crate::publish::{self, ExportFormat, Manifest, OutputFolder, findings_json};
use crate::read::{Table, column_called, open_own_table, open_table};
use crate::space::SystemDescription;

/// The name of the one file of formats that hold all layers, where a folder is exported.
const CONTAINER: &str = "layers";

pub(super) fn run(options: &ExportOptions, terminal: &Terminal) -> Outcome {
    let how = publish::ExportOptions { crs: system(options)?, gbk: is_gbk(options)? };
    let inputs = inputs(options)?;
    if options.out.join("manifest.json").exists() {
        let message = Message::new("error-export-into").text("path", options.out.display().to_string());
        return Err(Failure { message, exit: Exit::Io });
    }
    let mut folder = OutputFolder::begin(&options.out, options.overwrite)?;
    let (mut findings, mut tables) = (Vec::new(), Vec::new());
    for path in &inputs.paths {
        let file = path.display().to_string();
        let table = if is_own(path) {
            open_own_table(path, &file, &mut findings)?
        } else {
            open_table(path, &file, options.input_encoding.as_deref(), &mut findings)?
        };
        tables.push((path.clone(), table));
    }
    // Where a layer and a table have one name, the layer keeps it.
    tables.sort_by_key(|(_, table)| table.shapes.is_empty());
    for format in &options.format {
        let chosen = chosen(&tables, *format, inputs.is_folder);
        if chosen.is_empty() {
            let message = Message::new("error-export-nothing").text("path", options.inputs[0].display().to_string());
            return Err(Failure { message: message.text("format", format.slug()), exit: Exit::InputUnusable });
        }
        if let Some(word) = &options.by {
            let parted = parted(&chosen, word, *format, &options.inputs[0], inputs.is_folder)?;
            for (name, parts) in parted {
                let exported = publish::export_parts(&name, &parts, *format, &how)?;
                findings.extend(exported.findings);
                for (name, bytes) in exported.files {
                    folder.write(&name, &bytes)?;
                }
            }
            continue;
        }
        let container = match chosen.as_slice() {
            [(only, _)] if !inputs.is_folder => only.clone(),
            _ => CONTAINER.to_owned(),
        };
        let exported = publish::export(&chosen, &container, *format, &how)?;
        findings.extend(exported.findings);
        for (name, bytes) in exported.files {
            folder.write(&name, &bytes)?;
        }
    }
    let files: Vec<String> = folder.fingerprints().keys().cloned().collect();
    folder.finish()?;
    let mut said = BTreeSet::new();
    for finding in &findings {
        let text = finding.whole();
        // Several formats have the same to say of one layer.
        if said.insert(text.in_language(terminal.language)) {
            terminal.say(&text);
        }
    }
    let out = options.out.display().to_string();
    if terminal.json {
        terminal.data_json(&json!({
            "schema": "xuequ/export/1",
            "folder": out,
            "files": files,
            "findings": findings_json(&findings, None, terminal.language),
        }));
    }
    terminal.say(&Message::new("export-written").count("count", files.len()).text("folder", out));
    let worst = crate::model::worst_severity(&findings);
    Ok(if worst >= Some(Severity::Warning) { Exit::WithFindings } else { Exit::Done })
}

/// Whether a file is a table of an output folder, as the manifest beside it says.
fn is_own(path: &Path) -> bool {
    let is_csv = path.extension().is_some_and(|ending| ending == "csv");
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let folder = path.parent().filter(|_| is_csv);
    folder.is_some_and(|folder| Manifest::outputs_listed_in(folder).iter().any(|listed| listed == name))
}

/// A table with its parts, each under the value it has.
type Parted = (String, Vec<(String, Table)>);

/// Tables parted by the values of a column, in the order in which these come. Of a folder, tables without the column are not meant;
/// else each must have it.
fn parted(
    tables: &[(String, Table)],
    word: &str,
    format: ExportFormat,
    inputs: &Path,
    is_folder: bool,
) -> Result<Vec<Parted>, Failure> {
    if !matches!(format, ExportFormat::Xlsx | ExportFormat::Csv) {
        let message = Message::new("error-export-by-format").text("format", format.slug());
        return Err(Failure { message, exit: Exit::Usage });
    }
    let absent = |file: &str, columns: &[String]| {
        let message = Message::new("error-export-by-column").text("file", file).text("column", word);
        Failure { message: message.text("columns", columns.join("、")), exit: Exit::InputUnusable }
    };
    let mut all = Vec::new();
    for (name, table) in tables {
        let Some(column) = column_called(table, word).filter(|_| table.shapes.is_empty()) else {
            if is_folder {
                continue;
            }
            return Err(absent(&table.file, &table.columns));
        };
        let mut rows: Vec<(&str, Vec<usize>)> = Vec::new();
        for row in 0..table.row_count() {
            let value = table.cell(row, column);
            match rows.iter_mut().find(|(known, _)| *known == value) {
                Some((_, own)) => own.push(row),
                None => rows.push((value, vec![row])),
            }
        }
        let parts = rows.into_iter().map(|(value, rows)| (value.to_owned(), table.part(rows)));
        all.push((name.clone(), parts.collect()));
    }
    if all.is_empty() {
        return Err(absent(&inputs.display().to_string(), &[]));
    }
    Ok(all)
}

/// What is exported.
struct Inputs {
    paths: Vec<PathBuf>,
    /// Whether it is a folder a plan or a grouping was written to.
    is_folder: bool,
}

/// The layers and tables a folder lists, or the files as they are named.
fn inputs(options: &ExportOptions) -> Result<Inputs, Failure> {
    let [folder] = options.inputs.as_slice() else {
        return Ok(Inputs { paths: options.inputs.clone(), is_folder: false });
    };
    if !folder.is_dir() {
        return Ok(Inputs { paths: vec![folder.clone()], is_folder: false });
    }
    let listed = Manifest::outputs_listed_in(folder);
    let is_input = |name: &&String| {
        let ending = Path::new(name).extension().and_then(|ending| ending.to_str());
        matches!(ending, Some("geojson" | "csv"))
    };
    let paths: Vec<PathBuf> = listed.iter().filter(is_input).map(|name| folder.join(name)).collect();
    if paths.is_empty() {
        let message = Message::new("error-export-folder").text("path", folder.display().to_string());
        return Err(Failure { message, exit: Exit::InputUnusable });
    }
    Ok(Inputs { paths, is_folder: true })
}

/// The tables that are written in a format, each under a name of its own. Of a folder, shapes go into formats made for them
/// and tables into those made for tables; what somebody named is written wherever it can be.
fn chosen(tables: &[(PathBuf, Table)], format: ExportFormat, is_folder: bool) -> Vec<(String, Table)> {
    let mut chosen: Vec<(String, Table)> = Vec::new();
    for (path, table) in tables {
        let has_shapes = !table.shapes.is_empty();
        let fits = if has_shapes { format.holds_shapes() } else { format.holds_tables() };
        if is_folder && !fits {
            continue;
        }
        let stem = path.file_stem().map_or_else(|| "table".to_owned(), |stem| stem.to_string_lossy().into_owned());
        let stem = stem.split('#').next().unwrap_or_default().trim_end_matches(".csv").to_owned();
        let stem = if stem.is_empty() || stem == "-" { "table".to_owned() } else { stem };
        let taken = |name: &str| chosen.iter().any(|(other, _)| other.to_lowercase() == name.to_lowercase());
        let free = (2..).map(|number| format!("{stem}-{number}"));
        // A folder has districts as a layer and as a table.
        let names = [stem.clone(), format!("{stem}-table")].into_iter().chain(free);
        let name = names.into_iter().find(|name| !taken(name)).unwrap_or(stem);
        chosen.push((name, table.clone()));
    }
    chosen
}

fn system(options: &ExportOptions) -> Result<Option<SystemDescription>, Failure> {
    let Some(text) = &options.crs else { return Ok(None) };
    let upper = text.trim().to_ascii_uppercase();
    let code = match upper.as_str() {
        "WGS84" => Some(4326),
        "CGCS2000" => Some(4490),
        _ => upper.strip_prefix("EPSG:").unwrap_or(&upper).parse().ok(),
    };
    code.and_then(SystemDescription::of_epsg)
        .map(Some)
        .ok_or_else(|| Failure { message: Message::new("error-export-crs").text("crs", text), exit: Exit::Usage })
}

fn is_gbk(options: &ExportOptions) -> Result<bool, Failure> {
    let Some(label) = &options.encoding else { return Ok(false) };
    match label.to_ascii_lowercase().replace('-', "").as_str() {
        "gbk" | "cp936" | "936" => Ok(true),
        "utf8" => Ok(false),
        _ => {
            let message = Message::new("error-export-encoding").text("label", label);
            Err(Failure { message, exit: Exit::Usage })
        }
    }
}
