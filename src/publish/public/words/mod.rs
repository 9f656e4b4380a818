//! A catchment in words, in the forms bureaus use: communities whole or in part, house numbers, names of compounds, feeders,
//! and the four limits 四至. The pieces name every block of the catchment once and no other; limits stand before them.

mod limits;
mod numbers;

use std::collections::BTreeMap;

use super::Bundle;
use crate::language::{Language, Message};
use crate::model::settings::WordForm;
use crate::model::{BlockIndex, County, PerStage, SchoolIndex, Stage};
use limits::Limits;
use numbers::Roads;
pub(super) use numbers::say;

/// A piece of a description.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// A group of blocks as a whole.
    Whole(String),
    /// A group without some of its blocks.
    Without(String, Vec<BlockIndex>),
    /// Some blocks of a group.
    Only(String, Vec<BlockIndex>),
    /// Blocks that belong to no group.
    Blocks(Vec<BlockIndex>),
}

/// What says of every block where it belongs, so that catchments can be told in few words.
pub(super) struct Places<'a> {
    bundle: &'a Bundle<'a>,
    county: &'a County,
    communities: BTreeMap<String, Vec<BlockIndex>>,
    /// The catchments of primary schools, by name.
    feeders: BTreeMap<String, Vec<BlockIndex>>,
    /// How often each name of a block stands in the county.
    names: BTreeMap<&'a str, usize>,
    roads: Roads<'a>,
    /// The limits of each school's catchment, where they are asked for.
    limits: PerStage<Vec<Option<Limits>>>,
}

impl<'a> Places<'a> {
    pub(super) fn of(bundle: &'a Bundle<'a>) -> Places<'a> {
        let publication = &bundle.publication;
        let county = publication.county;
        let mut places = Places {
            bundle,
            county,
            communities: BTreeMap::new(),
            feeders: BTreeMap::new(),
            names: BTreeMap::new(),
            roads: Roads::of(county),
            limits: PerStage::default(),
        };
        for index in county.block_indices() {
            let block = county.block(index);
            if let Some(community) = block.community() {
                places.communities.entry(community.to_owned()).or_default().push(index);
            }
            *places.names.entry(&block.name).or_default() += 1;
        }
        for catchments in &publication.scheme.catchments {
            let stage = catchments.stage;
            if stage == Stage::Primary {
                for index in county.block_indices() {
                    if let Some(school) = catchments.school_of(index) {
                        let school = county.catchment_name(stage, county.holder(stage, school));
                        let name = Message::new("words-feeder").text("school", school);
                        places.feeders.entry(name.in_language(publication.language)).or_default().push(index);
                    }
                }
            }
            if places.uses(WordForm::Limits) {
                places.limits[stage] = limits::limits(publication, catchments);
            }
        }
        places
    }

    /// Whether catchments are told in a form: one that is asked for; where none is, any but feeders, which say who comes
    /// rather than where one lives.
    fn uses(&self, form: WordForm) -> bool {
        let asked = &self.bundle.edition.details().words;
        if asked.is_empty() { form != WordForm::Feeders } else { asked.contains(&form) }
    }

    /// The catchment of a school in words, in the stage at `position` of the scheme.
    pub(super) fn describe(&self, position: usize, school: SchoolIndex) -> String {
        let publication = &self.bundle.publication;
        let (catchments, language) = (&publication.scheme.catchments[position], publication.language);
        let blocks: Vec<BlockIndex> =
            self.county.block_indices().filter(|block| catchments.school_of(*block) == Some(school)).collect();
        let list = self.say(&self.pieces(&blocks, catchments.stage), language);
        let limits = self.limits[catchments.stage].get(school.get()).and_then(Option::as_ref);
        // Limits without any road or river tell nothing the map does not.
        let Some(limits) = limits.filter(|limits| limits.has_lines() && !blocks.is_empty()) else { return list };
        let is_asked = self.bundle.edition.details().words.contains(&WordForm::Limits);
        let told = limits.say(is_asked, language);
        // Where limits alone are asked for and tell the very blocks, they stand alone.
        if limits.is_exact && self.bundle.edition.details().words == [WordForm::Limits] {
            return Message::new("words-enclosed").text("limits", told).in_language(language);
        }
        let key = match (limits.is_exact, is_asked) {
            (true, _) => "words-enclosed-with",
            (false, true) => "words-limits-with",
            (false, false) => "words-lines-with",
        };
        Message::new(key).text("limits", told).text("list", list).in_language(language)
    }

    /// The pieces of a catchment, groups by name first, then single blocks in input order.
    fn pieces(&self, own: &[BlockIndex], stage: Stage) -> Vec<Piece> {
        let none = BTreeMap::new();
        let groups = if stage == Stage::Junior && self.uses(WordForm::Feeders) {
            &self.feeders
        } else if self.uses(WordForm::Communities) {
            &self.communities
        } else {
            &none
        };
        let is_own = |block: &BlockIndex| own.binary_search(block).is_ok();
        let mut pieces = Vec::new();
        let mut is_told = vec![false; self.county.blocks.len()];
        for (name, blocks) in groups {
            let (own, others): (Vec<BlockIndex>, Vec<BlockIndex>) = blocks.iter().copied().partition(is_own);
            for block in &own {
                is_told[block.get()] = true;
            }
            let name = name.clone();
            if others.is_empty() {
                pieces.push(Piece::Whole(name));
            } else if own.len() > others.len() {
                pieces.push(Piece::Without(name, others));
            } else if !own.is_empty() {
                pieces.push(Piece::Only(name, own));
            }
        }
        let single: Vec<BlockIndex> = own.iter().copied().filter(|block| !is_told[block.get()]).collect();
        if !single.is_empty() {
            pieces.push(Piece::Blocks(single));
        }
        pieces
    }

    /// The name of a block; where several are called so, its id stands behind it, and where it has none, its id is said to be one.
    fn name(&self, block: BlockIndex) -> String {
        let block = self.county.block(block);
        match self.names.get(block.name.as_str()) {
            _ if block.name == block.id => {
                let message = Message::new("words-unnamed").text("id", &block.id);
                message.in_language(self.bundle.publication.language)
            }
            Some(1) => block.name.to_string(),
            _ => format!("{} [{}]", block.name, block.id),
        }
    }

    /// Blocks one by one: house numbers where they tell them, else names.
    fn list(&self, blocks: &[BlockIndex], language: Language) -> Vec<String> {
        let (mut said, named) = if self.uses(WordForm::Numbers) {
            self.roads.tell(blocks, language)
        } else {
            (Vec::new(), blocks.to_vec())
        };
        said.extend(named.into_iter().map(|block| self.name(block)));
        said
    }

    /// Pieces as a sentence.
    fn say(&self, pieces: &[Piece], language: Language) -> String {
        let next = language.text("words-next");
        let part = |key: &str, name: &str, blocks: &[BlockIndex]| {
            let list = self.list(blocks, language).join(&language.text("words-and"));
            Message::new(key).text("name", name).text("blocks", list).in_language(language)
        };
        let said: Vec<String> = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Whole(name) => Message::new("words-whole").text("name", name).in_language(language),
                Piece::Without(name, blocks) => part("words-without", name, blocks),
                Piece::Only(name, blocks) => part("words-only", name, blocks),
                Piece::Blocks(blocks) => self.list(blocks, language).join(&next),
            })
            .collect();
        said.join(&next)
    }
}
