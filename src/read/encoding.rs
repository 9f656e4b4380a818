//! Text encodings: stated ones are believed unless the bytes prove them wrong, others are recognised.

use chardetng::EncodingDetector;
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::ReadError;
use crate::language::Message;

/// An encoding and how it was found.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice {
    pub(super) encoding: &'static Encoding,
    pub(super) how: How,
}

/// How an encoding was found.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum How {
    /// Somebody or the file says so, or the bytes leave no doubt.
    Stated,
    /// It was recognised from the bytes.
    Recognised,
    /// It is the likeliest for the bytes, and others are as likely.
    Doubtful,
    /// The file states a code page that is not supported; the likeliest other stands in.
    Unsupported(u32),
    /// It was recognised from the bytes, which are not what the file states.
    Contradicted(String),
}

/// The encoding of a label as people and `.cpg` files write it (`GBK`, `936`, `ANSI 936`, `UTF-8`, `65001`, `Big5`,
/// `8859_1` …), whatever byte-order mark, folder or line break is around it. GBK and GB2312 are read as GB18030, which
/// holds both.
pub(super) fn by_label(label: &str) -> Option<&'static Encoding> {
    let line = label.trim_start_matches('\u{feff}').lines().map(str::trim).find(|line| !line.is_empty())?;
    let name = line.rsplit(['/', '\\']).next().unwrap_or(line);
    let plain: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    let number = code_page(&plain);
    let standard = |label: &str| Encoding::for_label(label.as_bytes());
    let part = plain.split_once("8859").and_then(|(before, part)| {
        matches!(before, "" | "iso" | "is").then(|| part.parse::<u32>().ok().filter(|part| (1..=16).contains(part)))?
    });
    let known = match (part, number) {
        (Some(11), _) => standard("windows-874"),
        (Some(part), _) => standard(&format!("iso-8859-{part}")),
        (_, Some(936 | 54936 | 51936 | 20936)) => Some(GB18030),
        (_, Some(950 | 951)) => Some(BIG5),
        (_, Some(65001)) => Some(UTF_8),
        (_, Some(1200)) => Some(UTF_16LE),
        (_, Some(1201)) => Some(UTF_16BE),
        (_, Some(932)) => standard("shift_jis"),
        (_, Some(949 | 51949)) => standard("euc-kr"),
        (_, Some(51932 | 20932)) => standard("euc-jp"),
        (_, Some(20866)) => standard("koi8-r"),
        (_, Some(21866)) => standard("koi8-u"),
        (_, Some(10000)) => standard("macintosh"),
        (_, Some(10007)) => standard("x-mac-cyrillic"),
        (_, Some(number @ 28591..=28606)) => standard(&format!("iso-8859-{}", number - 28590)),
        (_, Some(number @ (874 | 1250..=1258))) => standard(&format!("windows-{number}")),
        (_, Some(866)) => standard("ibm866"),
        _ => match plain.as_str() {
            "utf8" | "utf8bom" | "utf8sig" => Some(UTF_8),
            "utf16" | "utf16le" | "unicode" | "ucs2" => Some(UTF_16LE),
            "utf16be" => Some(UTF_16BE),
            "big5" | "big5hkscs" | "big5eten" => Some(BIG5),
            "gbk" | "gb2312" | "gb18030" | "euccn" | "gb231280" | "gb180302000" => Some(GB18030),
            "shiftjis" | "sjis" | "windows31j" => standard("shift_jis"),
            "euckr" | "uhc" | "ksc5601" => standard("euc-kr"),
            "eucjp" => standard("euc-jp"),
            "koi8r" => standard("koi8-r"),
            "koi8u" => standard("koi8-u"),
            "tis620" => standard("windows-874"),
            _ => standard(name),
        },
    };
    known.map(|encoding| if encoding.name() == "GBK" { GB18030 } else { encoding })
}

/// The number of a code page in a label of small letters and digits.
fn code_page(plain: &str) -> Option<u32> {
    ["", "cp", "ansi", "oem", "ms", "windows", "win", "ibm", "dos", "codepage", "x"]
        .into_iter()
        .find_map(|prefix| plain.strip_prefix(prefix)?.parse::<u32>().ok())
}

/// The code page of DOS that a table states and nothing here reads: by its label, else by the language byte of its header.
fn unsupported_page(label: Option<&str>, byte: u8) -> Option<u32> {
    const PAGES_OF_DOS: [u32; 14] = [437, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865];
    let stated = match (label, byte) {
        (Some(label), _) => {
            let plain: String = label.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
            code_page(&plain)
        }
        (None, 0x01) => Some(437),
        (None, 0x02) => Some(850),
        (None, 0x64) => Some(852),
        (None, 0x67) => Some(861),
        (None, 0x6A) => Some(737),
        (None, 0x6B) => Some(857),
        (None, _) => None,
    };
    stated.filter(|page| PAGES_OF_DOS.contains(page))
}

/// The encoding of the language byte of a DBF header; `None` where it says nothing, or names a code page of DOS that the
/// text of a county is not in.
fn by_language_byte(byte: u8) -> Option<&'static Encoding> {
    let label = match byte {
        0x4D | 0x7A => "gb18030",
        0x4F | 0x78 => "big5",
        0x13 | 0x7B => "shift_jis",
        0x4E | 0x79 => "euc-kr",
        0x50 | 0x7C => "windows-874",
        0x03 | 0x57 | 0x58 | 0x59 => "windows-1252",
        0x26 | 0x65 => "ibm866",
        0x04 => "macintosh",
        0x96 => "x-mac-cyrillic",
        0x7D => "windows-1255",
        0x7E => "windows-1256",
        0xC8 => "windows-1250",
        0xC9 => "windows-1251",
        0xCA => "windows-1254",
        0xCB => "windows-1253",
        0xCC => "windows-1257",
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
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

/// Recognises the encoding of text: by its byte-order mark, by the zeros of UTF-16, UTF-8 where nearly all bytes are valid,
/// else the most likely one, Chinese ones preferred.
///
/// # Errors
/// [`ReadError::Refused`] for UTF-32, which nothing reads.
pub(super) fn recognise(bytes: &[u8], file: &str) -> Result<Choice, ReadError> {
    if !bytes.is_empty() && bytes.iter().all(|byte| *byte == 0) {
        return Err(ReadError::Refused { file: file.to_owned(), reason: Message::new("refused-nulls") });
    }
    let wide = [[0xFF, 0xFE, 0, 0], [0, 0, 0xFE, 0xFF]].iter().any(|mark| bytes.starts_with(mark));
    let zeros = Zeros::of(bytes);
    if wide || zeros == Some(Zeros::OfUtf32) {
        return Err(ReadError::Refused { file: file.to_owned(), reason: Message::new("reason-utf-32") });
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(Choice { encoding, how: How::Stated });
    }
    let recognised = |encoding| Choice { encoding, how: How::Recognised };
    match zeros {
        Some(Zeros::BehindLetters) => return Ok(recognised(UTF_16LE)),
        Some(Zeros::BeforeLetters) => return Ok(recognised(UTF_16BE)),
        _ => {}
    }
    if std::str::from_utf8(bytes).is_ok() || is_damaged_utf_8(bytes) {
        return Ok(Choice { encoding: UTF_8, how: How::Stated });
    }
    let (encoding, is_certain) = most_likely(bytes);
    Ok(Choice { encoding, how: if is_certain { How::Recognised } else { How::Doubtful } })
}

/// Characters of three bytes for each fault that are UTF-8 by no chance.
const WHOLE_FOR_EACH_FAULT: usize = 20;

/// Whether bytes are UTF-8 but for a cut at the end or a few faults: other encodings hardly ever look like characters of three
/// bytes, which nearly all Chinese ones are.
fn is_damaged_utf_8(bytes: &[u8]) -> bool {
    let is_cut = std::str::from_utf8(bytes).is_err_and(|fault| fault.error_len().is_none());
    let (mut whole, mut faults) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += threes(chunk.valid().as_bytes());
        faults += usize::from(!chunk.invalid().is_empty());
    }
    whole > 0 && (is_cut || whole >= WHOLE_FOR_EACH_FAULT * faults)
}

/// Where the zeros of a text stand.
#[derive(Clone, Copy, PartialEq)]
enum Zeros {
    /// Every other byte, so that digits and commas are UTF-16 with the smaller byte first.
    BehindLetters,
    /// The same with the larger byte first.
    BeforeLetters,
    /// Two or three of four, side by side.
    OfUtf32,
}

/// Bytes at the beginning of a text that show where its zeros stand.
const FIRST_BYTES: usize = 1 << 16;

impl Zeros {
    /// `None` where a text has too few zeros to tell.
    fn of(bytes: &[u8]) -> Option<Zeros> {
        let first = &bytes[..bytes.len().min(FIRST_BYTES)];
        let mut at = [0_usize; 4];
        for (position, _) in first.iter().enumerate().filter(|(_, byte)| **byte == 0) {
            at[position % 4] += 1;
        }
        let (even, odd) = (at[0] + at[2], at[1] + at[3]);
        // Text has digits, commas and line ends: a zero for at least every tenth letter of two bytes.
        if even + odd < 4 || (even + odd) * 20 < first.len() {
            return None;
        }
        // Letters of four bytes have zeros in both of their upper ones.
        let is_zero = |position: usize| at[position] * 10 >= first.len() / 4 * 9;
        if is_zero(0) && is_zero(1) || is_zero(2) && is_zero(3) {
            return Some(Zeros::OfUtf32);
        }
        if odd > 9 * even {
            return Some(Zeros::BehindLetters);
        }
        (even > 9 * odd).then_some(Zeros::BeforeLetters)
    }
}

/// The most likely encoding of text that is not Unicode, and whether it is that beyond doubt.
fn most_likely(bytes: &[u8]) -> (&'static Encoding, bool) {
    let pairs = Pairs::of(bytes);
    if pairs.are_traditional() && fits(bytes, BIG5) {
        return (BIG5, true);
    }
    if is_western(bytes) {
        return (WINDOWS_1252, false);
    }
    let mut detector = EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(Some(b"cn"), chardetng::Utf8Detection::Deny);
    if encoding.name() == "GBK" { (GB18030, pairs.are_plain_in_gbk()) } else { (encoding, false) }
}

fn fits(bytes: &[u8], encoding: &'static Encoding) -> bool {
    !encoding.decode_without_bom_handling(bytes).1
}

/// Whether bytes above ASCII stand alone between others, as the accented letters of western text do.
fn is_western(bytes: &[u8]) -> bool {
    let runs = || bytes.split(u8::is_ascii).filter(|run| !run.is_empty());
    let letters = runs().filter(|run| matches!(run, [0xC0..=0xFF])).count();
    letters >= 2 && letters * 10 >= runs().count() * 9
}

/// Bytes above ASCII taken two by two, as both Chinese encodings do.
#[derive(Default)]
struct Pairs {
    count: usize,
    /// Pairs that are among the 3,755 characters of the first level of GB2312.
    usual_in_gbk: usize,
    /// Pairs that are characters or full-width marks of GB2312.
    plain_in_gbk: usize,
    /// Pairs that are among the 5,401 characters of the first level of Big5.
    usual_in_big5: usize,
    /// Bytes above ASCII that have no second one.
    single: usize,
}

impl Pairs {
    fn of(bytes: &[u8]) -> Pairs {
        let mut pairs = Pairs::default();
        let mut position = 0;
        while position < bytes.len() {
            let (first, second) = (bytes[position], bytes.get(position + 1).copied().unwrap_or(0));
            if first < 0x81 {
                position += 1;
                continue;
            }
            if second < 0x40 {
                pairs.single += 1;
                position += 1;
                continue;
            }
            pairs.count += 1;
            pairs.usual_in_gbk += usize::from((0xB0..=0xD7).contains(&first) && second >= 0xA1);
            pairs.plain_in_gbk += usize::from(matches!(first, 0xA1 | 0xA3 | 0xB0..=0xF7) && second >= 0xA1);
            pairs.usual_in_big5 += usize::from((0xA4..=0xC6).contains(&first));
            position += 2;
        }
        pairs
    }

    /// Whether they are Chinese beyond doubt: accented letters of western text stand alone.
    fn are_chinese(&self) -> bool {
        self.count >= 2 && self.single == 0 && self.usual_in_gbk * 10 >= self.count * 8
    }

    /// Whether they are GBK rather than any other encoding of pairs.
    fn are_plain_in_gbk(&self) -> bool {
        self.single * 10 <= self.count && self.plain_in_gbk * 10 >= self.count * 9
    }

    /// Whether they are Big5 rather than GBK: traditional text in Big5 is valid GBK as a rule, of characters that nobody uses.
    fn are_traditional(&self) -> bool {
        self.count > 0 && self.usual_in_big5 * 10 >= self.count * 9 && self.usual_in_gbk * 10 < self.count * 7
    }

    /// Whether they are GBK rather than Big5, though they may be valid in both.
    fn are_simplified(&self) -> bool {
        self.count >= 4 && self.usual_in_gbk * 10 >= self.count * 9 && self.usual_in_big5 * 10 < self.count * 8
    }
}

/// The encoding of the cells of a DBF table: asked for, else what the `.cpg` file says, else the language byte of the header,
/// else recognised. What the bytes contradict is not believed. A cell may end in the middle of a character where it fills
/// its field.
///
/// # Errors
/// As [`recognise`].
pub(super) fn of_cells<'a>(
    cells: impl Iterator<Item = &'a [u8]> + Clone,
    cpg: Option<&str>,
    language_byte: u8,
    asked: Option<&'static Encoding>,
    file: &str,
) -> Result<Choice, ReadError> {
    if let Some(encoding) = asked {
        return Ok(Choice { encoding, how: How::Stated });
    }
    let telling = cells.filter(|cell| !cell.is_ascii());
    let is_in = |encoding: &'static Encoding| {
        telling.clone().all(|cell| !matches!(decode_cell(cell, encoding).1, Damage::Broken))
    };
    let label = cpg.map(str::trim).filter(|label| !label.is_empty());
    let by_cpg = label.and_then(by_label);
    let stated = by_cpg.or_else(|| by_language_byte(language_byte));
    if telling.clone().next().is_none() {
        return Ok(Choice { encoding: stated.unwrap_or(UTF_8), how: How::Stated });
    }
    let is_wide = |encoding: &Encoding| encoding == UTF_16LE || encoding == UTF_16BE;
    let text = || {
        telling.clone().fold(Vec::new(), |mut text, cell| {
            text.extend_from_slice(cell);
            text.push(b'\n');
            text
        })
    };
    if let Some(encoding) = stated {
        // Text of another encoding is UTF-8 by chance only where it is very short. Tools that know nothing of encodings
        // write “western” over any text.
        let is_other = encoding != UTF_8 && is_in(UTF_8) && telling.clone().map(threes).sum::<usize>() >= 2
            || encoding == WINDOWS_1252 && Pairs::of(&text()).are_chinese()
            || encoding == GB18030 && Pairs::of(&text()).are_traditional() && is_in(BIG5)
            || encoding == BIG5 && Pairs::of(&text()).are_simplified() && is_in(GB18030);
        if is_wide(encoding) || is_in(encoding) && !is_other {
            return Ok(Choice { encoding, how: How::Stated });
        }
    }
    let likely = if is_in(UTF_8) { Choice { encoding: UTF_8, how: How::Stated } } else { recognise(&text(), file)? };
    let how = match (label, stated) {
        (_, None)
            if likely.how == How::Doubtful
                && let Some(page) = unsupported_page(label, language_byte) =>
        {
            How::Unsupported(page)
        }
        (Some(label), _) => How::Contradicted(label.to_owned()),
        (None, Some(stated)) => How::Contradicted(stated.name().to_owned()),
        (None, None) => likely.how,
    };
    Ok(Choice { encoding: likely.encoding, how })
}

/// Characters of three bytes, if the cell is UTF-8: what nearly all Chinese ones are.
fn threes(cell: &[u8]) -> usize {
    cell.iter().filter(|byte| (0xE0..=0xEF).contains(*byte)).count()
}

/// What is the matter with the text of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Damage {
    /// Nothing.
    None,
    /// It ends in the middle of a character.
    Cut,
    /// It holds bytes that are not text in the encoding.
    Broken,
}

/// Decodes a cell of fixed width. A character that is cut off at its end is left out.
pub(super) fn decode_cell(bytes: &[u8], encoding: &'static Encoding) -> (String, Damage) {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if !broken {
        return (text.into_owned(), Damage::None);
    }
    let whole = text.into_owned();
    if !encoding.is_single_byte() {
        for left_out in 1..=3.min(bytes.len()) {
            let (shorter, bytes_left_out) = bytes.split_at(bytes.len() - left_out);
            let (text, broken) = encoding.decode_without_bom_handling(shorter);
            // Characters of four bytes in GB18030 have digits between their bytes; no other has a byte of ASCII second.
            let digits = encoding == GB18030 && bytes_left_out.get(1).is_some_and(u8::is_ascii_digit);
            let is_begun = bytes_left_out[0] >= 0x80 && (digits || bytes_left_out.iter().all(|byte| *byte >= 0x80));
            if !broken && is_begun {
                return (text.into_owned(), Damage::Cut);
            }
        }
    }
    (whole, Damage::Broken)
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
    fn labels_of_every_code_page() {
        for (label, name) in [
            ("ANSI 936", "gb18030"),
            ("ANSI 1252", "windows-1252"),
            ("8859_1", "windows-1252"),
            ("88591", "windows-1252"),
            ("ISO88592", "ISO-8859-2"),
            ("ISO 8859-15", "ISO-8859-15"),
            ("latin2", "ISO-8859-2"),
            ("874", "windows-874"),
            ("koi8r", "KOI8-R"),
            ("Big-5", "Big5"),
            ("cp950", "Big5"),
            ("shiftjis", "Shift_JIS"),
            ("MS932", "Shift_JIS"),
            ("EUC-KR", "EUC-KR"),
            ("1251", "windows-1251"),
            ("UTF-16", "UTF-16LE"),
            ("\u{feff}GBK\r\n", "gb18030"),
            ("\r\nUTF-8", "UTF-8"),
            ("C:\\data\\UTF-8", "UTF-8"),
            ("OEM 866", "IBM866"),
        ] {
            assert_eq!(by_label(label).map(Encoding::name), Some(name), "{label}");
        }
        assert_eq!((by_label(""), by_label("8859_99"), by_label("99999")), (None, None, None));
    }

    #[test]
    fn text_without_a_label_is_recognised() {
        let simplified = "学校名称,张黄镇中心小学,浦北县第一初级中学";
        let traditional = "學校名稱,臺北市中正區國語實驗國民小學,建國國民中學";
        for (text, label, name) in [
            (simplified, "gbk", "gb18030"),
            (simplified, "gb18030", "gb18030"),
            (traditional, "big5", "Big5"),
            ("國語", "big5", "Big5"),
            ("简体国语", "gbk", "gb18030"),
        ] {
            let (bytes, ..) = Encoding::for_label(label.as_bytes()).expect(label).encode(text);
            let found = recognise(&bytes, "t").expect(text);
            assert_eq!((found.encoding.name(), &found.how), (name, &How::Recognised), "{text}");
            assert_eq!(decode(&bytes, found.encoding).0, text);
        }
    }

    #[test]
    fn damaged_utf_8_is_utf_8() {
        let text = "编号,学校名称\n007,张黄镇中心小学\n".repeat(4);
        let bytes = text.as_bytes();
        let spoilt = |at: usize| [&bytes[..at], b"\xff", &bytes[at..]].concat();
        for damaged in [&bytes[..1], &bytes[..5], &bytes[..20], &bytes[..21], &spoilt(3), &spoilt(90)] {
            let found = recognise(damaged, "t").expect("text");
            let is_utf_8 = found.encoding == UTF_8 && found.how == How::Stated;
            assert_eq!(is_utf_8, damaged.len() > 3, "{damaged:x?}");
        }
    }

    #[test]
    fn a_guess_that_may_be_wrong_is_in_doubt() {
        let encode = |label: &str, text: &str| -> Vec<u8> {
            Encoding::for_label(label.as_bytes()).expect(label).encode(text).0.into_owned()
        };
        let japanese = "学校名,さくら小学校,みどりヶ丘小学校";
        for (bytes, name) in [
            (encode("windows-1252", "École élémentaire de Saint-Rémy"), Some("windows-1252")),
            (encode("shift_jis", japanese), None),
            (encode("euc-jp", japanese), None),
            (b"\x90cole \x82l\x82mentaire de Saint-R\x82my".to_vec(), None),
        ] {
            let found = recognise(&bytes, "t").expect("text");
            assert_eq!(found.how, How::Doubtful, "{bytes:x?} as {}", found.encoding.name());
            assert!(name.is_none_or(|name| found.encoding.name() == name));
        }
    }

    #[test]
    fn utf_16_is_known_by_its_zeros_and_utf_32_refused() {
        let text = "id,name\n1,张黄镇中心小学\n2,b\n";
        for (mark, to_bytes, name) in [
            (true, u16::to_le_bytes as fn(u16) -> [u8; 2], "UTF-16LE"),
            (false, u16::to_le_bytes, "UTF-16LE"),
            (true, u16::to_be_bytes, "UTF-16BE"),
            (false, u16::to_be_bytes, "UTF-16BE"),
        ] {
            let mark = if mark { "\u{feff}" } else { "" };
            let bytes: Vec<u8> = format!("{mark}{text}").encode_utf16().flat_map(to_bytes).collect();
            let found = recognise(&bytes, "t").expect("UTF-16");
            assert_eq!(found.encoding.name(), name);
            assert_eq!(decode(&bytes, found.encoding).0, text);
        }
        for mark in ["\u{feff}", ""] {
            let bytes: Vec<u8> =
                format!("{mark}{text}").chars().flat_map(|letter| (letter as u32).to_le_bytes()).collect();
            assert!(matches!(recognise(&bytes, "t"), Err(ReadError::Refused { .. })));
        }
    }

    #[test]
    fn a_label_the_bytes_contradict_is_not_believed() {
        let encode = |label: &str, text: &str| -> Vec<u8> {
            Encoding::for_label(label.as_bytes()).expect(label).encode(text).0.into_owned()
        };
        let chinese = "张黄镇中心小学";
        for (label, byte, bytes, name, believed) in [
            (Some("UTF-8"), 0, encode("gbk", chinese), "gb18030", false),
            (Some("GBK"), 0, encode("gbk", chinese), "gb18030", true),
            (Some("GBK"), 0x4D, encode("utf-8", "张黄镇中心小学校"), "UTF-8", false),
            (Some("ISO-8859-1"), 0, encode("utf-8", chinese), "UTF-8", false),
            (None, 0x57, encode("gbk", chinese), "gb18030", false),
            (None, 0x03, encode("windows-1252", "École élémentaire de Saint-Rémy"), "windows-1252", true),
            (Some("latin2"), 0, encode("latin2", "čeština"), "ISO-8859-2", true),
            (Some("1251"), 0, encode("windows-1251", "Русский"), "windows-1251", true),
            (None, 0x7A, encode("gbk", "简体"), "gb18030", true),
            (Some("nonsense"), 0, encode("utf-8", chinese), "UTF-8", false),
            (Some("936"), 0, encode("big5", "臺北市立國語實驗國小"), "Big5", false),
            (Some("950"), 0, encode("gbk", "浦北县第三小学张黄镇"), "gb18030", false),
            (None, 0x4F, encode("gbk", "浦北县第三小学张黄镇"), "gb18030", false),
            (Some("950"), 0, encode("big5", "臺北市立國語實驗國小"), "Big5", true),
        ] {
            let found = of_cells([&bytes[..]].into_iter(), label, byte, None, "t").expect("readable");
            assert_eq!((found.encoding.name(), found.how == How::Stated), (name, believed), "{label:?} {byte:#x}");
        }
    }

    #[test]
    fn code_pages_of_dos_are_named_for_what_they_are() {
        let bytes = b"\x90cole \x82l\x82mentaire";
        for (label, byte, page) in
            [(Some("437"), 0, 437), (Some("OEM 850"), 0, 850), (None, 0x01, 437), (None, 0x02, 850)]
        {
            let found = of_cells([&bytes[..]].into_iter(), label, byte, None, "t").expect("readable");
            assert_eq!(found.how, How::Unsupported(page), "{label:?} {byte:#x}");
        }
    }

    #[test]
    fn a_cell_may_end_in_the_middle_of_a_character() {
        let (bytes, ..) = encoding_rs::GBK.encode("张黄镇中心小学");
        assert_eq!(decode_cell(&bytes[..5], GB18030), ("张黄".to_owned(), Damage::Cut));
        let bytes = "张黄镇".as_bytes();
        assert_eq!(decode_cell(&bytes[..7], UTF_8), ("张黄".to_owned(), Damage::Cut));
        assert_eq!(decode_cell(&bytes[..8], UTF_8), ("张黄".to_owned(), Damage::Cut));
        assert_eq!(decode_cell(b"ab\xffcd", UTF_8).1, Damage::Broken);
    }
}
