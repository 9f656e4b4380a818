//! Names looked up across layers, with the nearest spelling where a name is not there.

use std::collections::BTreeMap;
use std::hash::BuildHasher;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::columns::half_width;
use hashbrown::HashTable;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::model::{Block, Finding, School};

/// Names less alike than this are not suggested.
const LEAST_SIMILARITY: f64 = 0.6;

/// The name most like `name`, where one is like enough.
pub(crate) fn most_similar<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    names
        .map(|candidate| (strsim::normalized_damerau_levenshtein(name, candidate), candidate))
        .filter(|(similarity, _)| *similarity >= LEAST_SIMILARITY)
        .max_by(|first, second| first.0.total_cmp(&second.0).then(second.1.cmp(first.1)))
        .map(|(_, candidate)| candidate)
}

/// Comparisons made at most to suggest names, a few seconds' worth; names that are not found after that come without.
const MOST_COMPARED: usize = 3_000_000;

fn hash(text: &str) -> u64 {
    FxBuildHasher.hash_one(text)
}

/// What has an id and a name.
pub(super) trait Called {
    fn id(&self) -> &str;
    fn name(&self) -> &str;
}

/// Lists of such things, whatever they are. Names look their texts up there: a million would take as much room again.
pub(super) trait Things: Sync {
    fn count(&self) -> usize;
    fn at(&self, position: usize) -> &dyn Called;
}

impl<T: Called + Sync> Things for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn at(&self, position: usize) -> &dyn Called {
        &self[position]
    }
}

impl Called for Block {
    fn id(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }
}

impl Called for School {
    fn id(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }
}

/// Things that can be called by id or by name.
pub(super) struct Names<'a> {
    things: &'a dyn Things,
    /// Positions by their ids, to be looked up in `things`.
    by_id: HashTable<u32>,
    /// `None` for a name several things have. Names that are ids are found there first.
    by_name: FxHashMap<&'a str, Option<usize>>,
    aliases: BTreeMap<String, String>,
    /// Ids and names in half-width form, made when a name is not found as it is written; `None` for what several things
    /// have.
    by_width: OnceLock<FxHashMap<String, Option<usize>>>,
    left_out: FxHashSet<String>,
    /// Whether things may be missing that nobody knows the names of.
    may_lack_others: bool,
    /// Comparisons made to suggest names.
    compared: AtomicUsize,
}

impl<'a> Names<'a> {
    /// The names of `things`; `aliases` are other spellings of names.
    pub(super) fn new(things: &'a dyn Things, aliases: &BTreeMap<String, String>) -> Names<'a> {
        let mut by_id: HashTable<u32> = HashTable::with_capacity(things.count());
        let mut by_name: FxHashMap<&'a str, Option<usize>> = FxHashMap::default();
        let id_at = |position: &u32| things.at(*position as usize).id();
        for position in 0..things.count() {
            let thing = things.at(position);
            let (id, name) = (thing.id(), thing.name());
            let entry = by_id.entry(hash(id), |known| id_at(known) == id, |known| hash(id_at(known)));
            entry.or_insert(position as u32);
            if name != id {
                by_name.entry(name).and_modify(|known| *known = None).or_insert(Some(position));
            }
        }
        Names {
            things,
            by_id,
            by_name,
            aliases: aliases.clone(),
            by_width: OnceLock::new(),
            left_out: FxHashSet::default(),
            may_lack_others: false,
            compared: AtomicUsize::new(0),
        }
    }

    fn all(&self) -> impl Iterator<Item = &'a dyn Called> {
        let things = self.things;
        (0..things.count()).map(|position| things.at(position))
    }

    /// Adds what the tables hold beside these things: ids and names in rows that could not be used, and whether there
    /// may be more that could not even be told apart as rows.
    pub(super) fn beside(mut self, left_out: Vec<String>, may_lack_others: bool) -> Names<'a> {
        self.left_out.extend(left_out);
        self.may_lack_others = may_lack_others;
        self
    }

    /// Whether a name that is not found deserves no finding: it stands in a row that was left out, or the tables gave
    /// nothing at all, and either has a finding of its own. To correct the name would be to mend the wrong place.
    pub(super) fn excuses(&self, name: &str) -> bool {
        self.count() == 0 || self.may_lack_others || self.left_out.contains(name)
    }

    /// The position of the thing with this id, else with this name, else with the name this is an alias of, else with the
    /// id or name that differs only in full-width letters, digits and blanks: ００７ is 007.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let by_either = |name: &str| self.position_of_id(name).or_else(|| self.by_name.get(name).copied().flatten());
        by_either(name).or_else(|| by_either(self.aliases.get(name)?)).or_else(|| self.find_in_any_width(name))
    }

    fn position_of_id(&self, id: &str) -> Option<usize> {
        let known = self.by_id.find(hash(id), |known| self.things.at(*known as usize).id() == id)?;
        Some(*known as usize)
    }

    fn find_in_any_width(&self, name: &str) -> Option<usize> {
        let narrow =
            |name: &str| name.chars().map(half_width).filter(|letter| !letter.is_whitespace()).collect::<String>();
        let by_width = self.by_width.get_or_init(|| {
            let mut by_width: FxHashMap<String, Option<usize>> = FxHashMap::default();
            for (position, thing) in self.all().enumerate() {
                for form in [narrow(thing.id()), narrow(thing.name())] {
                    let known = by_width.entry(form).or_insert(Some(position));
                    *known = known.filter(|known| *known == position);
                }
            }
            by_width
        });
        by_width.get(&narrow(name)).copied().flatten()
    }

    /// The same, looked for at some positions first: tables name things in the order of their own, as a rule.
    pub(super) fn find_near(&self, name: &str, positions: [usize; 2]) -> Option<usize> {
        let is_there = |position: &usize| *position < self.count() && self.things.at(*position).id() == name;
        positions.into_iter().find(is_there).or_else(|| self.find(name))
    }

    /// The position of the only thing whose name is this one but for capitals, spaces and punctuation, or for one letter
    /// of an alphabet in a word of at least five. Never for a Chinese character or a digit: 第一小学 and 第二小学, or
    /// School 1 and School 2, are different schools.
    pub(super) fn respelt(&self, name: &str) -> Option<usize> {
        let mut alike = self.all().enumerate().filter(|(_, thing)| is_respelling(name, thing.name()));
        let (first, _) = alike.next()?;
        alike.next().is_none().then_some(first)
    }

    /// How many things there are.
    pub(super) fn count(&self) -> usize {
        self.things.count()
    }

    /// The name of the thing at `position`.
    pub(super) fn name(&self, position: usize) -> &str {
        self.things.at(position).name()
    }

    /// The name most like `name`.
    pub(super) fn suggestion(&self, name: &str) -> Option<&str> {
        most_similar(name, self.all().map(Called::name))
    }

    /// Adds to a finding about a name that is not found what helps: that several have it, else the name most like it.
    pub(super) fn hint(&self, finding: Finding, name: &str) -> Finding {
        if matches!(self.by_name.get(name), Some(None)) {
            let same = self.all().filter(|other| other.name() == name);
            let ids: Vec<&str> = same.map(Called::id).take(3).collect();
            return finding.clause("suggestion", "clause-several", &ids.join(", "));
        }
        // Where ten thousand names are wrong, something else is, and a million blocks to compare each with would take hours.
        let compared = self.compared.fetch_add(self.count(), Ordering::Relaxed);
        let suggestion = if compared < MOST_COMPARED { self.suggestion(name) } else { None };
        finding.clause("suggestion", "clause-did-you-mean", suggestion.unwrap_or_default())
    }
}

fn is_respelling(first: &str, second: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let lower = name.to_lowercase();
        lower
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (first, second) = (words(first), words(second));
    if first.is_empty() || second.is_empty() {
        return false;
    }
    if first.concat() == second.concat() {
        return true;
    }
    let different: Vec<_> = first.iter().zip(&second).filter(|(one, other)| one != other).collect();
    let [(one, other)] = different[..] else { return false };
    // Scripts whose letters stand for words begin at U+2E80.
    let is_spelt = |word: &str| word.chars().count() >= 5 && word.chars().all(|l| l.is_alphabetic() && l < '\u{2e80}');
    first.len() == second.len() && is_spelt(one) && is_spelt(other) && strsim::damerau_levenshtein(one, other) == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Called for (&str, &str) {
        fn id(&self) -> &str {
            self.0
        }

        fn name(&self) -> &str {
            self.1
        }
    }

    #[test]
    fn the_nearest_spelling_is_suggested() {
        let things = vec![("1", "Hellen Lehman Elementary School"), ("2", "Hidden Valley Elementary School")];
        let names = Names::new(&things, &BTreeMap::new());
        assert_eq!(names.find("Helen Lehman Elementary School"), None);
        assert_eq!(names.suggestion("Helen Lehman Elementary School"), Some("Hellen Lehman Elementary School"));
    }

    #[test]
    fn a_letter_may_differ_but_not_a_numeral_or_a_chinese_character() {
        let things =
            vec![("1", "Hellen Lehman Elementary School"), ("2", "第一小学"), ("3", "School 1"), ("4", "北街 小学")];
        let names = Names::new(&things, &BTreeMap::new());
        assert_eq!(names.respelt("Helen Lehman Elementary School"), Some(0));
        assert_eq!(names.respelt("北街小学"), Some(3));
        assert_eq!(names.respelt("第二小学"), None);
        assert_eq!(names.respelt("School 2"), None);
    }

    #[test]
    fn suggestions_end_where_they_would_take_hours() {
        use crate::language::Language;
        use crate::model::FindingCode;
        let things = vec![("1", "城关小学"), ("2", "寨圩小学")];
        let names = Names::new(&things, &BTreeMap::new());
        let hinted = || {
            let finding = Finding::new(FindingCode::LockUnknown).text("name", "城关小校");
            names.hint(finding, "城关小校").what(Language::English)
        };
        assert!(hinted().contains("城关小学"));
        names.compared.store(MOST_COMPARED, Ordering::Relaxed);
        assert!(!hinted().contains("城关小学"));
    }

    #[test]
    fn full_width_forms_are_the_same_name() {
        let things = vec![("007", "北街小学(东校区)"), ("8", "a b"), ("９", "第９小学")];
        let names = Names::new(&things, &BTreeMap::new());
        assert_eq!((names.find("００７"), names.find("北街小学（东校区）")), (Some(0), Some(0)));
        assert_eq!((names.find("ａ　ｂ"), names.find("9"), names.find("第9小学")), (Some(1), Some(2), Some(2)));
        assert_eq!((names.find("7"), names.find("第8小学")), (None, None));
    }

    #[test]
    fn a_name_two_things_have_finds_neither() {
        let things = vec![("1", "实验小学"), ("2", "实验小学")];
        let names = Names::new(&things, &BTreeMap::new());
        assert_eq!((names.find("实验小学"), names.find("2")), (None, Some(1)));
    }
}
