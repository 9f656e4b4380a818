//! The tables of the notice as one workbook, ready to print on A4.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr;

use super::Edition;
use super::tables::{Kind, Sheet};
use crate::language::{Language, Message};

/// Rows a sheet has below its title and its heads.
const MOST_ROWS: usize = 1_048_576 - 2;

/// Letters that are shown of a cell on the highest row there is, 409 points; a cell holds more, but nobody would see them.
const MOST_LETTERS: usize = 1_000;

/// Points of a line of text, and of the room around it.
const LINE: f64 = 15.0;
const ROOM: f64 = 4.0;

/// Rows that are measured for the width of a column; the widest there is, and that of long text, in letters.
const MEASURED_ROWS: usize = 1_000;
const WIDEST: usize = 26;
const LONG: usize = 84;

/// How the number of the size A4 is written.
const A4: u8 = 9;

/// The looks of cells.
struct Looks {
    title: Format,
    head: Format,
    text: Format,
    number: Format,
}

impl Looks {
    fn new() -> Looks {
        let cell =
            || Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter).set_font_size(11);
        let middle = |format: Format| format.set_align(FormatAlign::Center).set_bold();
        Looks {
            title: middle(Format::new().set_align(FormatAlign::VerticalCenter)).set_font_size(16),
            head: middle(cell()).set_text_wrap().set_background_color(Color::RGB(0x00E8_EDF2)),
            text: cell().set_num_format("@").set_text_wrap(),
            number: cell().set_num_format("0"),
        }
    }
}

/// Writes the workbook, a sheet for each table. Same tables, same bytes.
///
/// # Errors
/// [`XlsxError`] where the library refuses.
pub(super) fn write(edition: &Edition<'_>, sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The time of writing is not in it.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let looks = Looks::new();
    for sheet in sheets {
        let rows: Vec<Vec<String>> = sheet.rows.iter().flat_map(|row| cut(row)).collect();
        let name = edition.word(&sheet.title);
        // A table longer than a sheet goes on in the next.
        let parts: Vec<&[Vec<String>]> = if rows.is_empty() { vec![&[]] } else { rows.chunks(MOST_ROWS).collect() };
        for (position, part) in parts.into_iter().enumerate() {
            let page = book.add_worksheet();
            page.set_name(if position == 0 { name.clone() } else { format!("{name} {}", position + 1) })?;
            fill(page, edition, sheet, part, &looks)?;
        }
    }
    book.save_to_buffer()
}

fn fill(
    page: &mut Worksheet,
    edition: &Edition<'_>,
    sheet: &Sheet,
    rows: &[Vec<String>],
    looks: &Looks,
) -> Result<(), XlsxError> {
    let language = edition.language;
    let last = sheet.columns.len().saturating_sub(1) as u16;
    let title = edition.title(language, "tables-title", &edition.word(&sheet.title));
    page.merge_range(0, 0, 0, last, &title, &looks.title)?;
    page.set_row_height(0, 34)?;
    let mut widths = Vec::new();
    for (column, (head, (_, kind))) in sheet.heads(edition).iter().zip(&sheet.columns).enumerate() {
        page.write_string_with_format(1, column as u16, head, &looks.head)?;
        let cells = rows.iter().take(MEASURED_ROWS).map(|row| row[column].width());
        let width = match kind {
            Kind::Long => LONG,
            Kind::Text | Kind::Number => cells.chain([head.width()]).max().unwrap_or(0).min(WIDEST),
        };
        page.set_column_width(column as u16, (width + 2) as f64)?;
        widths.push(width);
    }
    for (position, row) in rows.iter().enumerate() {
        let line = position as u32 + 2;
        // Not every program makes rows as high as what stands in them.
        let lines = row.iter().zip(&widths).map(|(cell, width)| cell.width().div_ceil((*width).max(1))).max();
        if let Some(lines) = lines.filter(|lines| *lines > 1) {
            page.set_row_height(line, lines as f64 * LINE + ROOM)?;
        }
        for (column, (cell, (_, kind))) in row.iter().zip(&sheet.columns).enumerate() {
            let column = column as u16;
            match (kind, cell.parse::<f64>()) {
                (Kind::Number, Ok(value)) => page.write_number_with_format(line, column, value, &looks.number)?,
                _ => page.write_string_with_format(line, column, cell, &looks.text)?,
            };
        }
    }
    page.set_freeze_panes(2, 0)?;
    if !rows.is_empty() {
        page.autofilter(1, 0, rows.len() as u32 + 1, last)?;
    }
    page.set_landscape()
        .set_paper_size(A4)
        .set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3)
        .set_print_center_horizontally(true);
    // As wide as a page, as long as it must be, the heads on every page.
    page.set_print_fit_to_pages(1, 0).set_repeat_rows(0, 1)?;
    page.set_footer(footer(edition, language));
    Ok(())
}

/// The version at the left, the page in the middle. `&` begins a code there, and doubled stands for itself.
fn footer(edition: &Edition<'_>, language: Language) -> String {
    let plain = |text: String| text.replace('&', "&&");
    let page = Message::new("tables-page").text("page", "&P").text("pages", "&N").in_language(language);
    format!("&L&8{}&C&8{page}", plain(edition.version(language)))
}

/// A row whose texts fit into cells: what is too long goes on in further rows, below the same cells.
fn cut(row: &[String]) -> Vec<Vec<String>> {
    let pieces: Vec<Vec<String>> = row
        .iter()
        .map(|cell| {
            let letters: Vec<char> = cell.chars().collect();
            letters.chunks(MOST_LETTERS).map(|piece| piece.iter().collect()).collect()
        })
        .collect();
    let count = pieces.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let at = |cell: &Vec<String>, position: usize| cell.get(position).or(cell.first()).cloned().unwrap_or_default();
    (0..count).map(|position| pieces.iter().map(|cell| at(cell, position)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_longer_than_a_cell_goes_on_below() {
        let long = "长".repeat(MOST_LETTERS + 3);
        let rows = cut(&["校".to_owned(), long.clone(), String::new()]);
        assert_eq!(rows.len(), 2);
        assert_eq!(rows.iter().map(|row| row[1].as_str()).collect::<String>(), long);
        assert!(rows.iter().all(|row| row[0] == "校" && row[2].is_empty()));
        assert_eq!(cut(&["校".to_owned()]), [["校".to_owned()]]);
    }
}
