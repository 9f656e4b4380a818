//! What is said of publishing: who publishes what, when and on what ground, and how its maps are made.

use serde::{Deserialize, Serialize};

/// A form in which a catchment is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WordForm {
    /// What it is bounded by in the four directions 四至: roads, rivers, railways, neighbours.
    Limits,
    /// Communities and villages, whole or without some blocks.
    Communities,
    /// House numbers along roads, odd and even.
    Numbers,
    /// The catchments of primary schools, for junior ones.
    Feeders,
    /// The names of compounds; what the other forms cannot tell is told so in any case.
    Compounds,
}

/// What a map sheet is printed or shown on. Where no direction is said, it follows the shape of the ground.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaperSize {
    /// 420 × 297 mm, lying or standing.
    #[default]
    A3,
    /// A3, lying.
    A3Landscape,
    /// A3, standing.
    A3Portrait,
    /// 297 × 210 mm, lying or standing.
    A4,
    /// A4, lying.
    A4Landscape,
    /// A4, standing.
    A4Portrait,
    /// The screen of a phone, 1,080 dots wide and as high as need be.
    Phone,
}

impl PaperSize {
    /// All of them.
    pub const EACH: [PaperSize; 7] = [
        PaperSize::A3,
        PaperSize::A3Landscape,
        PaperSize::A3Portrait,
        PaperSize::A4,
        PaperSize::A4Landscape,
        PaperSize::A4Portrait,
        PaperSize::Phone,
    ];

    /// The word used in settings and file names.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            PaperSize::A3 => "a3",
            PaperSize::A3Landscape => "a3-landscape",
            PaperSize::A3Portrait => "a3-portrait",
            PaperSize::A4 => "a4",
            PaperSize::A4Landscape => "a4-landscape",
            PaperSize::A4Portrait => "a4-portrait",
            PaperSize::Phone => "phone",
        }
    }

    /// The size of paper as people call it; nothing for a screen.
    #[must_use]
    pub const fn size_name(self) -> Option<&'static str> {
        match self {
            PaperSize::A3 | PaperSize::A3Landscape | PaperSize::A3Portrait => Some("A3"),
            PaperSize::A4 | PaperSize::A4Landscape | PaperSize::A4Portrait => Some("A4"),
            PaperSize::Phone => None,
        }
    }
}

/// A file format of map sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SheetFormat {
    /// Lines and text, to be edited; the master.
    Svg,
    /// The same for printing, with its fonts.
    Pdf,
    /// A picture.
    Png,
}

impl SheetFormat {
    /// All of them.
    pub const EACH: [SheetFormat; 3] = [SheetFormat::Svg, SheetFormat::Pdf, SheetFormat::Png];

    /// The word used in settings, and the ending of files.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            SheetFormat::Svg => "svg",
            SheetFormat::Pdf => "pdf",
            SheetFormat::Png => "png",
        }
    }
}

/// What stands in the notice of a scheme that is published, and how its maps are made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PublishSettings {
    /// The office that publishes 发布单位.
    pub office: Option<String>,
    /// The laws and documents the scheme rests on, one each.
    pub basis: Vec<String>,
    /// The first day on which comments are taken, as `2027-05-01`.
    pub from: Option<String>,
    /// The last day.
    pub until: Option<String>,
    /// Why comments are taken for fewer than thirty days.
    pub short_because: Option<String>,
    /// Where comments go by mail.
    pub email: Option<String>,
    /// By telephone.
    pub phone: Option<String>,
    /// By letter.
    pub address: Option<String>,
    /// On the web.
    pub comment_url: Option<String>,
    /// The map's review number 审图号, or the ground on which it needs none. Never made up.
    pub map_approval: Option<String>,
    /// The version of the scheme, as people call it.
    pub version: Option<String>,
    /// The day on which the office signs, as `2027-05-01`.
    pub issued: Option<String>,
    /// The day on which the joint meeting agreed 联席会议同意, without which no scheme is published as adopted.
    pub agreed: Option<String>,
    /// Whom it is for 适用对象: the year of entry, the grades.
    pub applies: Option<String>,
    /// What holds for those who are at a school already 过渡安排.
    pub transition: Option<String>,
    /// The forms catchments are told in; those the data allow where empty, but for feeders.
    pub words: Vec<WordForm>,
    /// What the map sheets are made for; of several the first gives its name to no file.
    pub paper: Vec<PaperSize>,
    /// The file formats of the map sheets.
    pub formats: Vec<SheetFormat>,
    /// A font file for PDF, PNG and text drawn as paths, instead of the built-in bitmap face.
    pub font: Option<String>,
}

impl Default for PublishSettings {
    fn default() -> PublishSettings {
        PublishSettings {
            office: None,
            basis: Vec::new(),
            from: None,
            until: None,
            short_because: None,
            email: None,
            phone: None,
            address: None,
            comment_url: None,
            map_approval: None,
            version: None,
            issued: None,
            agreed: None,
            applies: None,
            transition: None,
            words: Vec::new(),
            paper: vec![PaperSize::default()],
            formats: vec![SheetFormat::Svg, SheetFormat::Pdf],
            font: None,
        }
    }
}
