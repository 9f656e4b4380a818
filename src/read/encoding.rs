//! Text encodings: stated ones are believed unless the bytes prove them wrong, others are recognised.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8};

use super::ReadError;

/// An encoding and how it was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Choice {
    pub(super) encoding: &'static Encoding,
    /// Whether it was recognised from the bytes instead of stated.
    pub(super) guessed: bool,
}

/// The encoding of a label as people and `.cpg` files write it (`GBK`, `936`, `cp936`, `UTF-8`, `65001`, `Big5` …).
pub(super) fn by_label(label: &str) -> Option<&'static Encoding> {
    let label = label.trim().trim_start_matches('\u{feff}').to_ascii_lowercase();
    let digits = label.trim_start_matches(|character: char| !character.is_ascii_digit());
    match digits {
        "936" | "54936" => Encoding::for_label(b"gb18030"),
        "950" => Encoding::for_label(b"big5"),
        "65001" => Some(UTF_8),
        "932" => Encoding::for_label(b"shift_jis"),
        "949" => Encoding::for_label(b"euc-kr"),
        // Some write Big-5 or GB-18030.
        _ => Encoding::for_label(label.as_bytes())
            .or_else(|| Encoding::for_label(label.replace('-', "").as_bytes()))
            .map(|encoding| if encoding.name() == "GBK" { encoding_rs::GB18030 } else { encoding }),
    }
}

/// The encoding asked for by the settings.
///
/// # Errors
/// [`ReadError::UnknownEncoding`] where there is no such encoding.
pub(super) fn asked(label: Option<&str>, file: &str) -> Result<Option<&'static Encoding>, ReadError> {
    label
        .map(|label| {
            by_label(label).ok_or_else(|| ReadError::UnknownEncoding { file: file.to_owned(), label: label.to_owned() })
        })
        .transpose()
}

/// Recognises the encoding of text: UTF-8 where the bytes are valid, else the most likely one, Chinese ones preferred.
pub(super) fn recognise(bytes: &[u8]) -> Choice {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Choice { encoding, guessed: false };
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Choice { encoding: UTF_8, guessed: false };
    }
    let mut detector = EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(Some(b"cn"), chardetng::Utf8Detection::Deny);
    let encoding = if encoding.name() == "GBK" { encoding_rs::GB18030 } else { encoding };
    Choice { encoding, guessed: true }
}

/// The encoding of a DBF table: asked for, else what the `.cpg` file says, else the language byte of the header, else
/// recognised. A stated UTF-8 that the bytes contradict is not believed.
pub(super) fn of_dbf(bytes: &[u8], cpg: Option<&str>, asked: Option<&'static Encoding>) -> Choice {
    if let Some(encoding) = asked {
        return Choice { encoding, guessed: false };
    }
    let language_byte = bytes.get(29).copied().unwrap_or(0);
    let by_language = match language_byte {
        0x4D | 0x7A => Some(encoding_rs::GB18030),
        0x4F | 0x78 => Some(encoding_rs::BIG5),
        _ => None,
    };
    let stated = cpg.and_then(by_label).or(by_language);
    let header =
        usize::from(u16::from_le_bytes([bytes.get(8).copied().unwrap_or(0), bytes.get(9).copied().unwrap_or(0)]));
    let names = bytes.get(32..header.min(bytes.len())).unwrap_or_default();
    let records = bytes.get(header.min(bytes.len())..).unwrap_or_default();
    match stated {
        Some(encoding) if encoding != UTF_8 || std::str::from_utf8(records).is_ok() => {
            Choice { encoding, guessed: false }
        }
        _ => {
            let text: Vec<u8> = names.iter().chain(records).copied().collect();
            let found = recognise(&text);
            // Plain ASCII says nothing, so nothing was guessed.
            Choice { guessed: found.guessed || (stated.is_some() && found.encoding != UTF_8), ..found }
        }
    }
}

/// Decodes `bytes`; also says whether some of them are not text in that encoding.
pub(super) fn decode(bytes: &[u8], encoding: &'static Encoding) -> (String, bool) {
    let (text, _, broken) = encoding.decode(bytes);
    (text.into_owned(), broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_as_people_write_them() {
        for (label, name) in [
            ("GBK", "gb18030"),
            ("cp936", "gb18030"),
            ("936", "gb18030"),
            ("GB2312", "gb18030"),
            ("UTF-8", "UTF-8"),
            ("65001", "UTF-8"),
            ("Big5", "Big5"),
        ] {
            assert_eq!(by_label(label).map(Encoding::name), Some(name), "{label}");
        }
        assert_eq!(by_label("no such"), None);
    }

    #[test]
    fn gbk_is_recognised_and_said_to_be_a_guess() {
        let (bytes, ..) = encoding_rs::GBK.encode("学校名称,张黄镇中心小学,浦北县第一初级中学");
        let found = recognise(&bytes);
        assert!(found.guessed);
        assert_eq!(decode(&bytes, found.encoding).0, "学校名称,张黄镇中心小学,浦北县第一初级中学");
    }

    #[test]
    fn a_lying_cpg_is_not_believed() {
        let (records, ..) = encoding_rs::GBK.encode("张黄镇中心小学 寨圩镇初级中学");
        let mut bytes = vec![0_u8; 32];
        bytes[8] = 32;
        bytes.extend_from_slice(&records);
        let found = of_dbf(&bytes, Some("UTF-8"), None);
        assert_eq!(found.encoding.name(), "gb18030");
        assert!(found.guessed);
    }
}
