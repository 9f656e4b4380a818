//! A paper in Markdown.

use super::{Document, Part, tidy};

impl Document {
    /// The paper in Markdown, with tables as GitHub writes them. What stands in it is text: nothing is taken for a mark.
    pub(in crate::publish::public) fn markdown(&self) -> String {
        let mut blocks: Vec<String> = Vec::new();
        for part in &self.parts {
            blocks.push(match part {
                Part::Title(text) => format!("# {}", escaped(text)),
                Part::Head(text) => format!("## {}", escaped(text)),
                Part::Subhead(text) => format!("### {}", escaped(text)),
                Part::Paragraph(text) | Part::Note(text) => escaped(text),
                Part::Items(items) => {
                    let counted = items.iter().enumerate();
                    counted
                        .map(|(place, item)| format!("{}. {}", place + 1, escaped(item)))
                        .collect::<Vec<_>>()
                        .join("\n")
                }
                Part::Table(table) => {
                    let row = |cells: &[String]| {
                        let cells: Vec<String> = cells.iter().map(|cell| escaped(cell).replace('|', "\\|")).collect();
                        format!("| {} |", cells.join(" | "))
                    };
                    let rule = format!("|{}", "---|".repeat(table.heads.len()));
                    let rows = table.rows.iter().map(|cells| row(cells));
                    [row(&table.heads), rule].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
                }
                // Two blanks at the end of a line keep it a line.
                Part::Signature(lines) => lines.iter().map(|line| escaped(line)).collect::<Vec<_>>().join("  \n"),
            });
        }
        blocks.join("\n\n") + "\n"
    }
}

/// Text in which nothing is taken for a mark of Markdown or HTML.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in tidy(text).chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '~') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::sample;

    #[test]
    fn marks_are_text() {
        let text = sample().markdown();
        assert!(text.contains("\\<b\\>甲\\</b\\> \\& \\*乙\\* \\_丙\\_ \\[丁\\] | 戊"), "{text}");
        assert!(text.contains("1. 一条\n2. \\<i\\>二条\n"), "{text}");
        assert!(text.contains("| 校\\|一 | \\<1\\> |"), "{text}");
        assert!(text.contains("某县教育局  \n2027年5月1日"), "{text}");
    }
}
