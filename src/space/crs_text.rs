//! How people name coordinate systems.

use super::{MapShift, ProjectionError};

/// What a name means.
pub(super) enum Meaning {
    /// Longitude and latitude of WGS84.
    Wgs84,
    /// A code of EPSG.
    Code(u32),
    /// Degrees as a map service shifts them.
    Map(MapShift),
}

/// What may stand behind the name of a system.
#[derive(Default)]
pub(super) struct Addition {
    /// Three or seven parameters, parted by commas.
    pub(super) towgs84: Option<String>,
    /// Whether northing or latitude comes first.
    pub(super) is_northing_first: bool,
}

/// Parts a text into the name of a system, or its definition, and what is added to it.
///
/// # Errors
/// [`ProjectionError::Unsupported`] where an addition is none of those that are known.
pub(super) fn without_additions(text: &str) -> Result<(String, Addition), ProjectionError> {
    let unsupported = |detail: &str| ProjectionError::Unsupported { text: text.to_owned(), detail: detail.to_owned() };
    let is_definition = text.starts_with("+proj") || text.starts_with("proj=");
    let mut addition = Addition::default();
    let mut plain: Vec<&str> = Vec::new();
    for word in text.split_whitespace() {
        let bare = word.trim_start_matches('+');
        match bare.split_once('=') {
            Some(("axis", "neu")) => addition.is_northing_first = true,
            Some(("axis", "enu")) => {}
            Some(("axis", _)) => return Err(unsupported("+axis is enu or neu")),
            Some(("towgs84", parameters)) if !is_definition => {
                let numbers: Vec<Option<f64>> = parameters.split(',').map(|number| number.parse().ok()).collect();
                let are_numbers = numbers.iter().all(|number| number.is_some_and(f64::is_finite));
                if !are_numbers || ![3, 7].contains(&numbers.len()) {
                    return Err(unsupported("+towgs84 takes three or seven numbers, parted by commas"));
                }
                addition.towgs84 = Some(parameters.to_owned());
            }
            _ if word.starts_with('+') && !is_definition => {
                return Err(unsupported("only +towgs84= and +axis=neu may stand behind a name"));
            }
            _ => plain.push(word),
        }
    }
    Ok((plain.join(" "), addition))
}

/// What a name means; `None` where it is none.
pub(super) fn meaning(name: &str) -> Option<Meaning> {
    let upper = name.to_uppercase();
    let code = upper
        .strip_prefix("URN:OGC:DEF:CRS:EPSG:")
        .or_else(|| upper.strip_prefix("URN:X-OGC:DEF:CRS:EPSG:"))
        .or_else(|| upper.split_once("OPENGIS.NET/DEF/CRS/EPSG/").map(|(_, rest)| rest))
        .map_or(upper.as_str(), |rest| rest.rsplit([':', '/']).next().unwrap_or(rest));
    let code = code.strip_prefix("EPSG:").or(code.strip_prefix("EPSG")).unwrap_or(code).trim_start_matches(':');
    if let Ok(code) = code.trim().parse() {
        return Some(Meaning::Code(code));
    }
    if upper.ends_with("CRS84") {
        return Some(Meaning::Wgs84);
    }
    let plain: String = upper.chars().filter(|letter| letter.is_alphanumeric()).collect();
    match plain.as_str() {
        "WGS84" | "WGS1984" | "GCSWGS1984" => return Some(Meaning::Wgs84),
        "GCJ02" | "GCJ" | "火星坐标" | "火星坐标系" | "高德" | "腾讯" | "国测局坐标" => {
            return Some(Meaning::Map(MapShift::Gcj02));
        }
        "BD09" | "BD09LL" | "百度" | "百度坐标" => return Some(Meaning::Map(MapShift::Bd09)),
        "CGCS2000" | "GCSCHINAGEODETICCOORDINATESYSTEM2000" | "2000国家大地坐标系" | "国家2000" | "大地2000" =>
        {
            return Some(Meaning::Code(4490));
        }
        _ => {}
    }
    zone_of_cgcs2000(&plain).map(Meaning::Code)
}

/// The code of a 3° Gauss–Krüger zone of CGCS2000 by its name: with the number of the zone in front of the eastings, or by
/// its central meridian without one.
fn zone_of_cgcs2000(plain: &str) -> Option<u32> {
    let rest = plain.strip_prefix("CGCS2000")?;
    let rest = ["3DEGREE", "3度", "三度", "3DEG"].into_iter().find_map(|word| rest.strip_prefix(word))?;
    let number = |word: &str| {
        let (_, behind) = rest.split_once(word)?;
        let end = behind.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(behind.len());
        behind[..end].parse::<u32>().ok()
    };
    let by_meridian = ["CM", "中央经线", "中央子午线"].into_iter().find_map(number);
    let by_zone = ["ZONE", "带号", "度带", "分带", "带"].into_iter().find_map(number);
    match (by_meridian, by_zone) {
        (Some(meridian @ 75..=135), _) if meridian % 3 == 0 => Some(4534 + (meridian - 75) / 3),
        (None, Some(zone @ 25..=45)) => Some(4488 + zone),
        _ => None,
    }
}

/// The name a WKT text gives its system: its first quoted word.
pub(super) fn wkt_name(text: &str) -> String {
    text.split('"').nth(1).unwrap_or("WKT").to_owned()
}

/// The EPSG code of the outermost system of a WKT text: the last authority, where it closes the text.
pub(super) fn wkt_authority(text: &str) -> Option<u32> {
    let squeezed: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    let upper = squeezed.to_ascii_uppercase();
    let start = upper
        .rfind("AUTHORITY[\"EPSG\",")
        .map(|start| start + "AUTHORITY[\"EPSG\",".len())
        .max(upper.rfind("ID[\"EPSG\",").map(|start| start + "ID[\"EPSG\",".len()))?;
    let rest = &upper[start..];
    let end = rest.find(']')?;
    let closes = rest[end..].chars().all(|character| character == ']') && rest[end..].len() == 2;
    closes.then(|| rest[..end].trim_matches('"').parse().ok()).flatten()
}
