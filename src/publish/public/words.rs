//! A catchment in words: communities that belong to it whole or in part, and compounds by themselves.

use std::collections::BTreeMap;

use crate::language::{Language, Message};
use crate::model::{BlockIndex, Catchments, County, SchoolIndex};

/// A piece of a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A community as a whole.
    Whole(String),
    /// A community without some of its blocks.
    Without(String, Vec<BlockIndex>),
    /// Some blocks of a community.
    Only(String, Vec<BlockIndex>),
    /// A block that belongs to no community.
    Block(BlockIndex),
}

/// What says of every block where it belongs, so that catchments can be told in few words.
pub(super) struct Places<'a> {
    county: &'a County,
    communities: BTreeMap<&'a str, Vec<BlockIndex>>,
    /// How often each name of a block stands in the county.
    names: BTreeMap<&'a str, usize>,
}

impl<'a> Places<'a> {
    pub(super) fn of(county: &'a County) -> Places<'a> {
        let mut places = Places { county, communities: BTreeMap::new(), names: BTreeMap::new() };
        for index in county.block_indices() {
            let block = county.block(index);
            if let Some(community) = block.community() {
                places.communities.entry(community).or_default().push(index);
            }
            *places.names.entry(&block.name).or_default() += 1;
        }
        places
    }

    /// The pieces of a school's catchment, communities by name first, then single blocks in input order. Every block of the
    /// catchment is in exactly one piece.
    pub(super) fn pieces(&self, catchments: &Catchments, school: SchoolIndex) -> Vec<Piece> {
        let is_own = |block: &BlockIndex| catchments.school_of(*block) == Some(school);
        let mut pieces = Vec::new();
        for (name, blocks) in &self.communities {
            let (own, others): (Vec<BlockIndex>, Vec<BlockIndex>) = blocks.iter().copied().partition(is_own);
            let name = (*name).to_owned();
            if others.is_empty() {
                pieces.push(Piece::Whole(name));
            } else if own.len() > others.len() {
                pieces.push(Piece::Without(name, others));
            } else if !own.is_empty() {
                pieces.push(Piece::Only(name, own));
            }
        }
        let single = |block: &BlockIndex| self.county.block(*block).community().is_none();
        pieces.extend(self.county.block_indices().filter(is_own).filter(single).map(Piece::Block));
        pieces
    }

    /// The name of a block; where several are called so, its id stands behind it.
    pub(super) fn name(&self, block: BlockIndex) -> String {
        let block = self.county.block(block);
        match self.names.get(block.name.as_str()) {
            Some(1) => block.name.to_string(),
            _ => format!("{} [{}]", block.name, block.id),
        }
    }

    /// Pieces as a sentence.
    pub(super) fn say(&self, pieces: &[Piece], language: Language) -> String {
        let list = |blocks: &[BlockIndex]| {
            let names: Vec<String> = blocks.iter().map(|block| self.name(*block)).collect();
            names.join(&language.text("words-and"))
        };
        let said: Vec<String> = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Whole(name) => Message::new("words-whole").text("name", name).in_language(language),
                Piece::Without(name, blocks) => {
                    Message::new("words-without").text("name", name).text("blocks", list(blocks)).in_language(language)
                }
                Piece::Only(name, blocks) => {
                    Message::new("words-only").text("name", name).text("blocks", list(blocks)).in_language(language)
                }
                Piece::Block(block) => self.name(*block),
            })
            .collect();
        said.join(&language.text("words-next"))
    }
}
