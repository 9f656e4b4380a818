//! A fallback font inside each drawing, so that its text shows on machines without a Chinese font.
//!
//! Viewers use their own fonts first: the stack of [`FAMILIES`] ends in this one. It holds only the characters a drawing
//! uses, traced from the bitmaps of GNU Unifont (SIL Open Font License 1.1), so it is small and the same everywhere.

use base64::Engine;
use unifont::Glyph;
use write_fonts::FontBuilder;
use write_fonts::tables::cmap::Cmap;
use write_fonts::tables::glyf::{Contour, GlyfLocaBuilder, Glyph as Outline, SimpleGlyph};
use write_fonts::tables::head::Head;
use write_fonts::tables::hhea::Hhea;
use write_fonts::tables::hmtx::{Hmtx, LongMetric};
use write_fonts::tables::loca::LocaFormat;
use write_fonts::tables::maxp::Maxp;
use write_fonts::tables::name::{Name, NameRecord};
use write_fonts::tables::os2::Os2;
use write_fonts::tables::post::Post;
use write_fonts::types::{FWord, GlyphId, NameId, UfWord};

/// The families a drawing asks for, best first; the last one travels with it.
pub(super) const FAMILIES: &str = "'Noto Sans SC','Source Han Sans SC','Noto Sans CJK SC','Microsoft YaHei',\
'PingFang SC','WenQuanYi Micro Hei',sans-serif,'xuequ fallback'";

/// Units of the font per pixel of a bitmap of 16 × 16.
const UNIT: i16 = 64;

/// The pixel row that stands on the baseline, counted from the top.
const BASELINE: i16 = 14;

/// A style rule that embeds the fallback font for the characters of `text`; empty where none of them has a bitmap.
pub(super) fn style_for(text: &str) -> String {
    let mut characters: Vec<char> = text.chars().filter(|character| unifont::get_glyph(*character).is_some()).collect();
    characters.sort_unstable();
    characters.dedup();
    if characters.is_empty() {
        return String::new();
    }
    let data = base64::engine::general_purpose::STANDARD.encode(of(&characters));
    format!("@font-face{{font-family:'xuequ fallback';src:url(data:font/ttf;base64,{data}) format('truetype')}}")
}

/// Whether the fallback font can show a character.
pub(super) fn has(character: char) -> bool {
    unifont::get_glyph(character).is_some()
}

/// A TrueType font of some characters, each once; those without a bitmap are left out.
pub(super) fn of(characters: &[char]) -> Vec<u8> {
    let characters: Vec<char> = characters.iter().copied().filter(|character| has(*character)).collect();
    let mut outlines = GlyfLocaBuilder::new();
    let mut metrics = Vec::with_capacity(characters.len() + 1);
    let (mut most_points, mut most_contours) = (0, 0);
    let mut add = |outline: Outline, width: u16| {
        if let Outline::Simple(simple) = &outline {
            most_points = most_points.max(simple.contours.iter().map(Contour::len).sum::<usize>());
            most_contours = most_contours.max(simple.contours.len());
        }
        outlines.add_glyph(&outline).expect("bitmaps make small outlines");
        metrics.push(LongMetric { advance: width, side_bearing: 0 });
    };
    add(Outline::Empty, 8 * UNIT as u16);
    for character in &characters {
        let glyph = unifont::get_glyph(*character).expect("only characters with bitmaps are asked for");
        add(outline(glyph), glyph.get_width() as u16 * UNIT as u16);
    }
    let (glyf, loca, format) = outlines.build();
    let mappings =
        characters.iter().enumerate().map(|(position, character)| (*character, GlyphId::from(position as u16 + 1)));
    let cmap = Cmap::from_mappings(mappings).expect("each character is mapped once");
    let count = characters.len() as u16 + 1;
    let (ascent, descent) = (BASELINE * UNIT, (16 - BASELINE) * UNIT);
    let head = Head {
        units_per_em: 16 * UNIT as u16,
        x_max: 16 * UNIT,
        y_max: ascent,
        y_min: -descent,
        index_to_loc_format: i16::from(format == LocaFormat::Long),
        ..Head::default()
    };
    let hhea = Hhea {
        ascender: FWord::new(ascent),
        descender: FWord::new(-descent),
        advance_width_max: UfWord::new(16 * UNIT as u16),
        number_of_h_metrics: count,
        ..Hhea::default()
    };
    let maxp = Maxp {
        num_glyphs: count,
        max_points: Some(most_points as u16),
        max_contours: Some(most_contours as u16),
        max_composite_points: Some(0),
        max_composite_contours: Some(0),
        max_zones: Some(2),
        max_twilight_points: Some(0),
        max_storage: Some(0),
        max_function_defs: Some(0),
        max_instruction_defs: Some(0),
        max_stack_elements: Some(0),
        max_size_of_instructions: Some(0),
        max_component_elements: Some(0),
        max_component_depth: Some(0),
    };
    let os2 = Os2 {
        s_typo_ascender: ascent,
        s_typo_descender: -descent,
        us_win_ascent: ascent as u16,
        us_win_descent: descent as u16,
        us_first_char_index: 0x20,
        us_last_char_index: 0xFFFF,
        ..Os2::default()
    };
    let label = |id: NameId, text: &str| NameRecord::new(3, 1, 0x409, id, text.to_owned().into());
    let name = Name::new(vec![
        label(NameId::FAMILY_NAME, "xuequ fallback"),
        label(NameId::SUBFAMILY_NAME, "Regular"),
        // Without it some readers of fonts refuse the whole font.
        label(NameId::POSTSCRIPT_NAME, "xuequ-fallback"),
        label(NameId::LICENSE_DESCRIPTION, "Glyphs of GNU Unifont, SIL Open Font License 1.1"),
    ]);
    let hmtx = Hmtx::new(metrics, Vec::new());
    let mut builder = FontBuilder::new();
    let complete = "every table of the fallback font is within its limits";
    builder.add_table(&head).expect(complete);
    builder.add_table(&hhea).expect(complete);
    builder.add_table(&maxp).expect(complete);
    builder.add_table(&os2).expect(complete);
    builder.add_table(&hmtx).expect(complete);
    builder.add_table(&cmap).expect(complete);
    builder.add_table(&glyf).expect(complete);
    builder.add_table(&loca).expect(complete);
    builder.add_table(&name).expect(complete);
    builder.add_table(&Post::default()).expect(complete);
    builder.build()
}

/// The outline around the set pixels of a bitmap: every boundary between a set and an unset pixel, chained into contours
/// with the set side on the right, as TrueType wants.
fn outline(glyph: &Glyph) -> Outline {
    use write_fonts::read::tables::glyf::CurvePoint;
    let set = |x: i16, y: i16| x >= 0 && y >= 0 && glyph.get_pixel(x as usize, y as usize);
    // Boundary edges by start corner; corners lie between pixels, y downwards.
    let mut edges: std::collections::BTreeMap<(i16, i16), Vec<(i16, i16)>> = std::collections::BTreeMap::new();
    for y in 0..16_i16 {
        for x in 0..glyph.get_width() as i16 {
            if !set(x, y) {
                continue;
            }
            let mut edge = |from: (i16, i16), to: (i16, i16)| edges.entry(from).or_default().push(to);
            if !set(x, y - 1) {
                edge((x, y), (x + 1, y));
            }
            if !set(x + 1, y) {
                edge((x + 1, y), (x + 1, y + 1));
            }
            if !set(x, y + 1) {
                edge((x + 1, y + 1), (x, y + 1));
            }
            if !set(x - 1, y) {
                edge((x, y + 1), (x, y));
            }
        }
    }
    let mut contours = Vec::new();
    while let Some((start, _)) =
        edges.iter().find(|(_, ends)| !ends.is_empty()).map(|(start, ends)| (*start, ends.len()))
    {
        let mut corners = vec![start];
        let mut here = start;
        while let Some(next) = edges.get_mut(&here).and_then(Vec::pop) {
            if next == start {
                break;
            }
            corners.push(next);
            here = next;
        }
        contours.push(without_straight_corners(&corners));
    }
    if contours.is_empty() {
        return Outline::Empty;
    }
    let mut simple = SimpleGlyph {
        contours: contours
            .into_iter()
            .map(|corners| {
                let points: Vec<CurvePoint> =
                    corners.into_iter().map(|(x, y)| CurvePoint::on_curve(x * UNIT, (BASELINE - y) * UNIT)).collect();
                points.into()
            })
            .collect(),
        ..SimpleGlyph::default()
    };
    simple.recompute_bounding_box();
    Outline::Simple(simple)
}

fn without_straight_corners(corners: &[(i16, i16)]) -> Vec<(i16, i16)> {
    let count = corners.len();
    (0..count)
        .filter(|position| {
            let (before, here, after) =
                (corners[(position + count - 1) % count], corners[*position], corners[(position + 1) % count]);
            (before.0 != here.0 || here.0 != after.0) && (before.1 != here.1 || here.1 != after.1)
        })
        .map(|position| corners[position])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_is_small_and_the_same_every_time() {
        let style = style_for("云川县学区划分方案图");
        assert!(style.len() < 12_000, "{}", style.len());
        assert_eq!(style, style_for("图案方分划区学县川云"));
    }

    #[test]
    fn a_glyph_keeps_the_area_of_its_pixels() {
        let glyph = unifont::get_glyph('国').expect("a common character");
        let pixels =
            (0..16).flat_map(|y| (0..16).map(move |x| (x, y))).filter(|(x, y)| glyph.get_pixel(*x, *y)).count();
        let Outline::Simple(outline) = outline(glyph) else { panic!("the glyph has pixels") };
        let twice: i64 = outline
            .contours
            .iter()
            .map(|contour| {
                let points: Vec<(i64, i64)> = contour.iter().map(|p| (i64::from(p.x), i64::from(p.y))).collect();
                (0..points.len())
                    .map(|position| {
                        let ((x, y), (next_x, next_y)) = (points[position], points[(position + 1) % points.len()]);
                        x * next_y - next_x * y
                    })
                    .sum::<i64>()
            })
            .sum();
        assert_eq!(-twice / 2, pixels as i64 * i64::from(UNIT) * i64::from(UNIT));
    }
}
