//! A paper as a page of its own that prints well.

use super::super::super::map::Svg as Markup;
use super::{Document, Part, tidy};

impl Document {
    /// The paper as a page; nothing is fetched.
    pub(in crate::publish::public) fn html(&self) -> String {
        let mut page = Markup::new();
        page.raw("<!doctype html>\n");
        page.open("html", &[("lang", self.language.tag())]);
        page.open("head", &[]);
        page.raw(
            "<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
        );
        page.text("title", &[], &tidy(self.title()));
        page.raw(&format!("<style>{}</style>\n", include_str!("../notice.css")));
        page.close("head");
        page.line();
        page.open("body", &[]);
        page.open("main", &[]);
        page.line();
        for part in &self.parts {
            add(&mut page, part);
        }
        for name in ["main", "body", "html"] {
            page.close(name);
        }
        page.line();
        page.into_parts().0
    }
}

fn add(page: &mut Markup, part: &Part) {
    match part {
        Part::Title(text) => page.text("h1", &[], &tidy(text)),
        Part::Head(text) => page.text("h2", &[], &tidy(text)),
        Part::Subhead(text) => page.text("h3", &[], &tidy(text)),
        Part::Paragraph(text) => page.text("p", &[], &tidy(text)),
        Part::Note(text) => page.text("p", &[("class", "note")], &tidy(text)),
        Part::Items(items) => {
            page.open("ol", &[]);
            page.line();
            for item in items {
                page.text("li", &[], &tidy(item));
            }
            page.close("ol");
            page.line();
        }
        Part::Signature(lines) => {
            for line in lines {
                page.text("p", &[("class", "signature")], &tidy(line));
            }
        }
        Part::Table(table) => {
            let sum = f64::from(table.widths.iter().sum::<u32>().max(1));
            page.open("table", &[]);
            page.open("colgroup", &[]);
            for width in &table.widths {
                // An element of HTML that is never closed.
                page.raw(&format!("<col style=\"width:{:.1}%\">", 100.0 * f64::from(*width) / sum));
            }
            page.close("colgroup");
            page.open("thead", &[]);
            row(page, &table.heads, "th", &[("scope", "col")]);
            page.close("thead");
            page.open("tbody", &[]);
            page.line();
            for cells in &table.rows {
                row(page, cells, "td", &[]);
            }
            page.close("tbody");
            page.close("table");
            page.line();
        }
    }
}

fn row(page: &mut Markup, cells: &[String], name: &str, attributes: &[(&str, &str)]) {
    page.open("tr", &[]);
    for cell in cells {
        page.text(name, attributes, &tidy(cell));
    }
    page.close("tr");
    page.line();
}

#[cfg(test)]
mod tests {
    use super::super::sample;

    #[test]
    fn marks_are_text() {
        let text = sample().html();
        assert!(text.contains("<p>&lt;b&gt;甲&lt;/b&gt; &amp; *乙* _丙_ [丁] | 戊</p>"), "{text}");
        assert!(text.contains("<td>校|一</td>\n<td>&lt;1&gt;</td>"), "{text}");
        assert!(text.contains("<col style=\"width:25.0%\">"), "{text}");
        assert!(!text.contains('\u{1}'));
    }
}
