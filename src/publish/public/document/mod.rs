//! A paper as its parts, from which Markdown, a page and DOCX all come: what one of them says, the others say.

mod docx;
mod html;
mod markdown;

use crate::language::{Language, Message};

/// A part of a paper, as people read it from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The title; the first part, and the only one of its kind.
    Title(String),
    /// The head of a section.
    Head(String),
    /// A head within a section.
    Subhead(String),
    /// A paragraph.
    Paragraph(String),
    /// Paragraphs that are counted.
    Items(Vec<String>),
    /// A table.
    Table(Table),
    /// Who signs, and when; one line each, at the right.
    Signature(Vec<String>),
    /// What is said at the end in small letters.
    Note(String),
}

/// A table of texts. Rows are as long as the heads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    /// The heads of the columns.
    pub(super) heads: Vec<String>,
    /// How wide the columns are on paper, as shares of their sum.
    pub(super) widths: Vec<u32>,
    /// The cells, row by row.
    pub(super) rows: Vec<Vec<String>>,
}

/// A paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Document {
    language: Language,
    parts: Vec<Part>,
}

impl Document {
    /// A paper with its title.
    pub(super) fn new(language: Language, title: &Message) -> Document {
        Document { language, parts: vec![Part::Title(title.in_language(language))] }
    }

    fn title(&self) -> &str {
        match self.parts.first() {
            Some(Part::Title(title)) => title,
            _ => "",
        }
    }

    /// A sentence in the language of the paper.
    pub(super) fn say(&self, message: &Message) -> String {
        message.in_language(self.language)
    }

    /// The sentence of a key.
    pub(super) fn word(&self, key: &str) -> String {
        self.language.text(key)
    }

    pub(super) fn head(&mut self, key: &str) {
        self.parts.push(Part::Head(self.word(key)));
    }

    pub(super) fn head_of(&mut self, message: &Message) {
        self.parts.push(Part::Head(self.say(message)));
    }

    pub(super) fn subhead(&mut self, message: &Message) {
        self.parts.push(Part::Subhead(self.say(message)));
    }

    pub(super) fn paragraph(&mut self, text: impl Into<String>) {
        self.parts.push(Part::Paragraph(text.into()));
    }

    /// Counted paragraphs; none are no part.
    pub(super) fn items(&mut self, items: Vec<String>) {
        if !items.is_empty() {
            self.parts.push(Part::Items(items));
        }
    }

    /// A table by the keys of its heads and the widths of its columns, as shares.
    pub(super) fn table(&mut self, heads: &[(&str, u32)], rows: Vec<Vec<String>>) {
        self.parts.push(Part::Table(Table {
            heads: heads.iter().map(|(key, _)| self.word(key)).collect(),
            widths: heads.iter().map(|(_, width)| *width).collect(),
            rows,
        }));
    }

    pub(super) fn signature(&mut self, lines: Vec<String>) {
        self.parts.push(Part::Signature(lines));
    }

    pub(super) fn note(&mut self, text: impl Into<String>) {
        self.parts.push(Part::Note(text.into()));
    }
}

/// Text on one line without characters that no document may hold.
fn tidy(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_whitespace() { ' ' } else { letter })
        .filter(|letter| !letter.is_control())
        .collect()
}

#[cfg(test)]
pub(super) fn sample() -> Document {
    let mut paper = Document::new(Language::Chinese, &Message::new("form-title"));
    paper.head("notice-basis");
    paper.subhead(&Message::new("notice-basis"));
    paper.paragraph("<b>甲</b> & *乙*\n_丙_ \u{1}[丁] | 戊");
    paper.items(vec!["一条".to_owned(), "<i>二条".to_owned()]);
    paper.table(&[("column-school", 1), ("column-seats", 3)], vec![vec!["校|一".to_owned(), "<1>".to_owned()]]);
    paper.signature(vec!["某县教育局".to_owned(), "2027年5月1日".to_owned()]);
    paper.note("版本");
    paper
}
