//! From the drawing to what is printed and shown: PDF with text that can be selected, PNG, and SVG without fonts.

use std::sync::Arc;

use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref};
use resvg::tiny_skia::{Pixmap, Transform};
use rustc_hash::FxHashMap;
use svg2pdf::usvg::{self, FontResolver, fontdb};
use thiserror::Error;
use write_fonts::read::{FontRef, TableProvider};

use super::font;
use super::map::Drawn;
use crate::language::Message;

/// Why a sheet cannot be printed.
#[derive(Debug, Error)]
pub enum SheetError {
    /// The font file is none.
    #[error("the font cannot be read: {detail}")]
    Font {
        /// The file as it was named.
        file: String,
        /// What is wrong with it.
        detail: String,
    },
    /// Characters no font at hand has; they would vanish without a word.
    #[error("no glyphs for {characters}")]
    Glyphs {
        /// The characters.
        characters: String,
    },
    /// The drawing cannot be converted.
    #[error("{file}: {detail}")]
    Convert {
        /// The sheet.
        file: String,
        /// What the converter says.
        detail: String,
    },
}

impl SheetError {
    /// The sentence for people.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            SheetError::Font { file, detail } => {
                Message::new("error-font-read").text("file", file).text("detail", detail)
            }
            SheetError::Glyphs { characters } => Message::new("error-glyphs-missing").text("characters", characters),
            SheetError::Convert { file, detail } => {
                Message::new("error-sheet-convert").text("file", file).text("detail", detail)
            }
        }
    }
}

/// A font file an office wants its maps in.
#[derive(Clone, Debug)]
pub struct Typeface {
    /// The file as it was named.
    pub file: String,
    /// What is in it.
    pub bytes: Arc<Vec<u8>>,
}

/// What a page calls the drawing on it.
const SHEET: Name<'static> = Name(b"sheet");

/// Dots of a picture per pixel of a page: 150 an inch on paper, 1,080 across a phone.
const PRINT_DOTS: f32 = 1.55;

/// Turns drawings into files. No font of the machine is used, so that the same drawing gives the same bytes everywhere.
#[derive(Clone, Debug)]
pub(super) struct Press<'a> {
    typeface: Option<&'a Typeface>,
}

impl<'a> Press<'a> {
    /// A press with a typeface, else with the built-in bitmap face. Never both: of two fonts in one PDF nobody could say
    /// which is written first.
    ///
    /// # Errors
    /// [`SheetError::Font`] where the typeface is no font.
    pub(super) fn new(typeface: Option<&'a Typeface>) -> Result<Press<'a>, SheetError> {
        if let Some(typeface) = typeface {
            let unreadable = |detail: String| SheetError::Font { file: typeface.file.clone(), detail };
            let font = FontRef::from_index(&typeface.bytes, 0).map_err(|fault| unreadable(fault.to_string()))?;
            font.cmap().map_err(|fault| unreadable(fault.to_string()))?;
        }
        Ok(Press { typeface })
    }

    /// Refuses characters that would vanish.
    ///
    /// # Errors
    /// [`SheetError::Glyphs`] with the characters.
    pub(super) fn require_glyphs(&self, characters: &[char]) -> Result<(), SheetError> {
        let own = self.typeface.and_then(|typeface| FontRef::from_index(&typeface.bytes, 0).ok()?.cmap().ok());
        let is_there = |character: &char| {
            let is_known = own.as_ref().map(|cmap| cmap.map_codepoint(*character).is_some());
            character.is_whitespace() || is_known.unwrap_or_else(|| font::has(*character))
        };
        let missing: String = characters.iter().filter(|character| !is_there(character)).collect();
        if missing.is_empty() { Ok(()) } else { Err(SheetError::Glyphs { characters: missing }) }
    }

    fn tree(&self, drawn: &Drawn, file: &str) -> Result<usvg::Tree, SheetError> {
        let mut fonts = fontdb::Database::new();
        match self.typeface {
            Some(typeface) => {
                let data: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(Shared(Arc::clone(&typeface.bytes)));
                fonts.load_font_source(fontdb::Source::Binary(data));
            }
            None => fonts.load_font_data(font::of(&drawn.characters)),
        }
        // Without a face all text would vanish without a word.
        let face = fonts.faces().next().map(|face| face.id).ok_or_else(|| convert(file)("no font"))?;
        let resolver =
            FontResolver { select_font: Box::new(move |_, _| Some(face)), select_fallback: Box::new(|_, _, _| None) };
        let options = usvg::Options { fontdb: Arc::new(fonts), font_resolver: resolver, ..usvg::Options::default() };
        usvg::Tree::from_str(&drawn.svg, &options).map_err(convert(file))
    }

    /// The sheet as PDF, its pages as large as its paper, with the glyphs it uses.
    pub(super) fn pdf(&self, drawn: &Drawn, file: &str) -> Result<Vec<u8>, SheetError> {
        let tree = self.tree(drawn, file)?;
        let (chunk, sheet) = svg2pdf::to_chunk(&tree, svg2pdf::ConversionOptions::default()).map_err(convert(file))?;
        let mut next = Ref::new(1);
        let (catalog, page_tree) = (next.bump(), next.bump());
        let pages: Vec<(Ref, Ref)> = (0..drawn.leaves).map(|_| (next.bump(), next.bump())).collect();
        let mut renumbered: FxHashMap<Ref, Ref> = FxHashMap::default();
        let chunk = chunk.renumber(|old| *renumbered.entry(old).or_insert_with(|| next.bump()));
        let sheet = renumbered.get(&sheet).copied().ok_or_else(|| convert(file)("no drawing"))?;
        // Drawings are measured in 96ths of an inch, PDF in 72nds.
        let (width, height) = (0.75 * tree.size().width(), 0.75 * tree.size().height());
        let leaf = height / drawn.leaves as f32;
        let mut pdf = Pdf::new();
        pdf.catalog(catalog).pages(page_tree);
        pdf.pages(page_tree).kids(pages.iter().map(|(page, _)| *page)).count(drawn.leaves as i32);
        for (position, (page, content)) in pages.iter().enumerate() {
            let mut page = pdf.page(*page);
            page.media_box(Rect::new(0.0, 0.0, width, leaf)).parent(page_tree).contents(*content);
            page.resources().x_objects().pair(SHEET, sheet);
            page.finish();
            // The first page shows the top of the sheet.
            let below = leaf * (drawn.leaves - 1 - position) as f32;
            let mut drawing = Content::new();
            drawing.transform([width, 0.0, 0.0, height, 0.0, -below]).x_object(SHEET);
            pdf.stream(*content, &drawing.finish());
        }
        pdf.extend(&chunk);
        Ok(in_order(pdf.finish()))
    }

    /// The sheet as a picture: of 150 dots an inch on paper.
    pub(super) fn png(&self, drawn: &Drawn, file: &str) -> Result<Vec<u8>, SheetError> {
        let tree = self.tree(drawn, file)?;
        let dots = if drawn.ratio.is_some() { PRINT_DOTS } else { 1.0 };
        let size = tree.size().to_int_size().scale_by(dots);
        let pixmap = size.and_then(|size| Pixmap::new(size.width(), size.height()));
        let mut pixmap = pixmap.ok_or_else(|| convert(file)("too large"))?;
        resvg::render(&tree, Transform::from_scale(dots, dots), &mut pixmap.as_mut());
        pixmap.encode_png().map_err(convert(file))
    }

    /// The sheet as SVG in which every letter is a path, for programs without its fonts.
    pub(super) fn paths(&self, drawn: &Drawn, file: &str) -> Result<String, SheetError> {
        Ok(self.tree(drawn, file)?.to_string(&usvg::WriteOptions::default()))
    }
}

/// Puts the entries of each list of resources in order. The converter writes them as its hash tables happen to hold them;
/// their order means nothing, and since none becomes longer all places in the file stay true.
fn in_order(mut pdf: Vec<u8>) -> Vec<u8> {
    let mut start = 0;
    while start < pdf.len() {
        // What stands between keywords of a stream is not text.
        let rest = &pdf[start..];
        let end = find(rest, b"\nstream\n").map_or(pdf.len(), |at| start + at);
        sort_resources(&mut pdf[start..end]);
        let length = std::str::from_utf8(&pdf[start..end]).ok().and_then(|text| {
            let (_, after) = text.rsplit_once("/Length ")?;
            after.split(|letter: char| !letter.is_ascii_digit()).next()?.parse::<usize>().ok()
        });
        start = end + b"\nstream\n".len() + length.unwrap_or(0);
    }
    pdf
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// Sorts lines that follow each other and name a resource, such as `/gs1 7 0 R`: the names of lists begin with a capital.
fn sort_resources(text: &mut [u8]) {
    let names_resource = |line: &[u8]| {
        let name = line.trim_ascii_start().strip_prefix(b"/");
        name.and_then(|name| name.first()).is_some_and(u8::is_ascii_lowercase)
    };
    let lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
    let mut sorted = lines.clone();
    for run in sorted.chunk_by_mut(|one, other| names_resource(one) == names_resource(other)) {
        if run.first().is_some_and(|line| names_resource(line)) {
            run.sort_unstable();
        }
    }
    let joined = sorted.join(&b'\n');
    text.copy_from_slice(&joined);
}

/// Bytes several threads look at.
struct Shared(Arc<Vec<u8>>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

fn convert<E: std::fmt::Display>(file: &str) -> impl FnOnce(E) -> SheetError + '_ {
    move |fault| SheetError::Convert { file: file.to_owned(), detail: fault.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resources_stand_in_order_and_streams_stay_as_they_are() {
        let pdf = b"1 0 obj\n<<\n  /ExtGState <<\n    /gs1 7 0 R\n    /gs0 6 0 R\n  >>\n  /Length 14\n>>\nstream\n/b 1\n/a 2\n\nst\n\nendstream\n    /x1 3 0 R\n    /x0 4 0 R\n";
        let ordered = String::from_utf8(in_order(pdf.to_vec())).expect("text");
        assert!(
            ordered.contains("/gs0 6 0 R\n    /gs1 7 0 R") && ordered.contains("/x0 4 0 R\n    /x1 3 0 R"),
            "{ordered}"
        );
        assert!(ordered.contains("stream\n/b 1\n/a 2\n\nst"), "{ordered}");
    }
}
