//! Compressed files: what is in them, unpacked beside nothing of the user's, and never more than they may hold.

use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;
use zip::ZipArchive;

use super::ReadError;
use super::encoding;
use super::source::{Format, refused};
use crate::language::Message;

/// Bytes any file may be unpacked to.
const ALWAYS_ALLOWED: u64 = 64 << 20;

/// How many times its size a larger one may be unpacked to: tables and coordinates shrink to a tenth at best.
const MOST_TIMES: u64 = 100;

/// Bytes a file is never unpacked beyond.
const NEVER_BEYOND: u64 = 2 << 30;

/// Files an archive may hold.
const MOST_FILES: usize = 10_000;

/// An archive with the names of its files as people wrote them.
pub(super) struct Archive {
    zip: ZipArchive<BufReader<File>>,
    /// In the order of the archive; folders have empty names.
    pub(super) names: Vec<String>,
    allowed: u64,
}

impl Archive {
    /// Opens a ZIP file. Names without the mark for UTF-8 are recognised together, as Chinese systems write GBK.
    pub(super) fn open(path: &Path, file: &str) -> Result<Archive, ReadError> {
        let open = |source| ReadError::Open { file: file.to_owned(), source };
        let stream = File::open(path).map_err(open)?;
        let size = stream.metadata().map_err(open)?.len();
        let zip = ZipArchive::new(BufReader::new(stream)).map_err(|fault| malformed(file, &fault))?;
        if zip.len() > MOST_FILES {
            return Err(too_large(file));
        }
        let raw: Vec<&[u8]> = zip.file_names_raw().collect();
        let names_encoding = encoding_of_names(&raw);
        let names = raw
            .iter()
            .map(|raw| match std::str::from_utf8(raw) {
                Ok(name) => name.to_owned(),
                Err(_) => encoding::decode(raw, names_encoding).0,
            })
            .map(|name| if name.ends_with(['/', '\\']) || is_rubbish(&name) { String::new() } else { name })
            .collect();
        Ok(Archive { zip, names, allowed: allowed(size) })
    }

    /// What the archive is: a workbook is one too.
    pub(super) fn is_workbook(&self) -> bool {
        self.names.iter().any(|name| name.eq_ignore_ascii_case("xl/workbook.xml"))
    }

    /// The key of the sentence that says what this document is, where it is one that holds no table that can be read.
    pub(super) fn refusal(&self) -> Option<&'static str> {
        let has = |wanted: &str| self.names.iter().any(|name| name.eq_ignore_ascii_case(wanted));
        if has("word/document.xml") {
            Some("refused-word")
        } else if has("xl/workbook.bin") || has("content.xml") {
            Some("refused-other-workbook")
        } else {
            None
        }
    }

    /// The tables in it: position, name and format. The parts of a Shapefile are one table.
    pub(super) fn tables(&self) -> Vec<(usize, String, Format)> {
        let named = self.names.iter().enumerate().filter_map(|(position, name)| {
            let format = Format::of_name(Path::new(name))?;
            let is_table = !matches!(format, Format::Refused(_) | Format::Gzip | Format::Zip);
            is_table.then(|| (position, name.clone(), format))
        });
        let mut tables: Vec<_> = named.collect();
        // The attributes of a Shapefile are read with it.
        let shapes: Vec<String> = tables
            .iter()
            .filter(|(.., format)| *format == Format::Shapefile)
            .map(|(_, name, _)| stem_and_ending(name).0)
            .collect();
        tables.retain(|(_, name, format)| *format != Format::Attributes || !shapes.contains(&stem_and_ending(name).0));
        // Beside tables a text is a note about them.
        if tables.iter().any(|(_, name, _)| !is_note(name)) {
            tables.retain(|(_, name, _)| !is_note(name));
        }
        tables
    }

    /// Unpacks a file into `folder`, and for a Shapefile what lies beside it under the same name. Names in the archive are
    /// never taken for paths.
    pub(super) fn unpack(&mut self, position: usize, folder: &Path, file: &str) -> Result<PathBuf, ReadError> {
        let (stem, ending) = stem_and_ending(&self.names[position]);
        let target = folder.join(format!("unpacked.{ending}"));
        self.write(position, &target, file)?;
        if ending == "shp" || ending == "dbf" {
            let beside: Vec<(usize, String)> = self
                .names
                .iter()
                .enumerate()
                .map(|(position, name)| (position, stem_and_ending(name)))
                .filter(|(_, (other, ending))| *other == stem && ["dbf", "prj", "cpg"].contains(&ending.as_str()))
                .filter(|(beside, _)| *beside != position)
                .map(|(position, (_, ending))| (position, ending))
                .collect();
            for (position, ending) in beside {
                self.write(position, &folder.join(format!("unpacked.{ending}")), file)?;
            }
        }
        Ok(target)
    }

    /// Goes through every file without keeping it.
    ///
    /// # Errors
    /// Where they unpack to more than they may.
    pub(super) fn require_moderate(&mut self, file: &str) -> Result<(), ReadError> {
        for position in 0..self.names.len() {
            self.copy(position, &mut std::io::sink(), file)?;
        }
        Ok(())
    }

    /// Whether a file has `words` in it; one that cannot be read has not.
    pub(super) fn holds(&mut self, position: usize, words: &[u8], file: &str) -> bool {
        let mut bytes = Vec::new();
        let is_read = self.copy(position, &mut bytes, file).is_ok();
        is_read && bytes.windows(words.len()).any(|window| window == words)
    }

    fn write(&mut self, position: usize, target: &Path, file: &str) -> Result<(), ReadError> {
        let open = |source| ReadError::Open { file: file.to_owned(), source };
        let mut output = std::io::BufWriter::new(File::create(target).map_err(open)?);
        self.copy(position, &mut output, file)?;
        output.flush().map_err(open)
    }

    fn copy(&mut self, position: usize, output: &mut impl Write, file: &str) -> Result<(), ReadError> {
        let entry = self.zip.by_index(position).map_err(|fault| match fault {
            zip::result::ZipError::UnsupportedArchive(detail) if detail.contains("assword") => {
                refused(file, Message::new("refused-password"))
            }
            fault => malformed(file, &fault),
        })?;
        let written = copy_at_most(entry, output, self.allowed, file)?;
        self.allowed -= written;
        Ok(())
    }
}

/// Unpacks a gzip file into `folder`, under the name it has without `.gz`.
pub(super) fn gunzip(path: &Path, folder: &Path, file: &str) -> Result<PathBuf, ReadError> {
    let open = |source| ReadError::Open { file: file.to_owned(), source };
    let stream = File::open(path).map_err(open)?;
    let size = stream.metadata().map_err(open)?.len();
    let inner = Path::new(path.file_stem().unwrap_or_default());
    let ending = inner.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    let target = folder.join(format!("unpacked.{ending}"));
    let mut output = std::io::BufWriter::new(File::create(&target).map_err(open)?);
    copy_at_most(flate2::read::MultiGzDecoder::new(BufReader::new(stream)), &mut output, allowed(size), file)?;
    output.flush().map_err(open)?;
    Ok(target)
}

fn allowed(size: u64) -> u64 {
    size.saturating_mul(MOST_TIMES).clamp(ALWAYS_ALLOWED, NEVER_BEYOND)
}

fn copy_at_most(input: impl Read, output: &mut impl Write, allowed: u64, file: &str) -> Result<u64, ReadError> {
    let written = std::io::copy(&mut input.take(allowed + 1), output)
        .map_err(|fault| ReadError::Malformed { file: file.to_owned(), detail: fault.to_string() })?;
    if written > allowed { Err(too_large(file)) } else { Ok(written) }
}

pub(super) fn too_large(file: &str) -> ReadError {
    refused(file, Message::new("refused-too-large"))
}

fn malformed(file: &str, fault: &zip::result::ZipError) -> ReadError {
    ReadError::Malformed { file: file.to_owned(), detail: fault.to_string() }
}

fn encoding_of_names(raw: &[&[u8]]) -> &'static Encoding {
    let others: Vec<u8> =
        raw.iter().filter(|name| std::str::from_utf8(name).is_err()).copied().flatten().copied().collect();
    encoding::recognise(&others, "").map_or(encoding_rs::UTF_8, |choice| choice.encoding)
}

/// What some systems put beside the files they pack.
fn is_rubbish(name: &str) -> bool {
    name.starts_with("__MACOSX/") || name.rsplit(['/', '\\']).next().is_some_and(|name| name.starts_with('.'))
}

fn is_note(name: &str) -> bool {
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ending.eq_ignore_ascii_case("txt") || ending.eq_ignore_ascii_case("json")
}

fn stem_and_ending(name: &str) -> (String, String) {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    (stem.to_lowercase(), ending.to_ascii_lowercase())
}
