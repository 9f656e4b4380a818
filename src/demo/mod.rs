//! A fictional county, made by a seed: 云川县 Yunchuan. No place, school or person in it exists.
//!
//! About 1,200 blocks as outlines, a river with bridges, a railway with underpasses, two towns and villages, 60 primary
//! and 20 junior schools (strong, weak, new, nine-year and teaching points), the seven resource indicators, today's
//! assignment, locks, towns. [`county`] makes the files of a finished project out of nothing but a seed,
//! and [`variant`] those of tables of schools alone, for the documents of five governments.

mod chance;
mod files;
mod ground;
mod names;
mod people;
mod variant;

pub use variant::variant;

/// The files of the demo county, by name: tables with Chinese headers, `GeoJSON` layers, and `xuequ.toml`.
///
/// Same seed, same bytes. Takes well under a second.
#[must_use]
pub fn county(seed: u64) -> Vec<(&'static str, Vec<u8>)> {
    let mut chance = chance::Chance::new(seed);
    let ground = ground::Ground::make(&mut chance);
    let people = people::People::make(&ground, &mut chance);
    files::write(&ground, &people, seed)
}
