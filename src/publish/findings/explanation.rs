//! What a code means, from the page that documents all of them.

use crate::language::Language;
use crate::model::FindingCode;

const DOCUMENT: &str = include_str!("../../../docs/findings.md");

/// What findings of a code are about, whatever the county.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What it means.
    pub meaning: String,
    /// What to do.
    pub remedy: String,
}

/// What `docs/findings.md` says of `code`; `None` where it has no row, which a test rules out.
#[must_use]
pub fn explanation(code: FindingCode, language: Language) -> Option<Explanation> {
    let head = match language {
        Language::English => "## English",
        Language::Chinese => "## 中文",
    };
    let half = DOCUMENT.lines().skip_while(|line| *line != head).skip(1).take_while(|line| !line.starts_with("## "));
    let quoted = format!("`{}`", code.slug());
    half.filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")).find_map(|row| {
        let mut cells = row.splitn(4, " | ");
        // An anchor stands before the code.
        cells.next().filter(|cell| cell.ends_with(&quoted))?;
        let (_severity, meaning, remedy) = (cells.next()?, cells.next()?, cells.next()?);
        Some(Explanation { meaning: meaning.to_owned(), remedy: remedy.to_owned() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_an_anchor() {
        for code in FindingCode::ALL.iter().map(|code| code.slug()) {
            for prefix in ["", "zh-"] {
                let anchor = format!("| <a id=\"{prefix}{code}\"></a>`{code}` |");
                assert_eq!(DOCUMENT.matches(&anchor).count(), 1, "{anchor}");
            }
        }
    }

    #[test]
    fn every_code_is_explained_in_both_languages() {
        for code in FindingCode::ALL {
            for language in Language::ALL {
                let found = explanation(*code, language).unwrap_or_else(|| panic!("{} in {language}", code.slug()));
                assert!(!found.meaning.is_empty() && !found.remedy.is_empty(), "{found:?}");
                let severity = code.severity().message().in_language(language);
                let row = format!("`{}` | {severity} | {}", code.slug(), found.meaning);
                assert!(DOCUMENT.contains(&row), "{row}");
            }
        }
    }
}
