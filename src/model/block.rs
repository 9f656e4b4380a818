//! Residential blocks (居住单元).

use std::sync::Arc;

use ecow::EcoString;
use geo::Coord;

use super::{Address, Origin, PerStage};

/// The smallest piece that moves whole: a compound 小区, a street block 街坊, a village 自然村. Its outline is in
/// [`County::outlines`](super::County::outlines).
///
/// Kept small, as a county may have a million: short texts take no room beside it, and blocks of one community share its
/// name.
#[derive(Clone, Debug)]
pub struct Block {
    /// Stable id; always text.
    pub id: EcoString,
    /// The name people use; the id where the input has no names.
    pub name: EcoString,
    /// The point distances are measured from: on the block's surface, in working metres.
    pub point: Coord<f64>,
    /// Pupils per stage.
    pub pupils: PerStage<u32>,
    /// What not every layer says.
    pub particulars: Option<Box<Particulars>>,
    /// Where it was read.
    pub origin: Origin,
}

/// What few layers say of their blocks, and so takes room only where it is said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Particulars {
    /// The community or village committee 社区/村委会 it belongs to, whose blocks had better go to one school.
    pub community: Option<Arc<str>>,
    /// The town or street office 乡镇街道 it belongs to.
    pub town: Option<Arc<str>>,
    /// The longest way its pupils may be given, in metres; the setting holds where there is none.
    pub longest_m: Option<f64>,
    /// Other names people know it by 别名: former names, names of phases.
    pub aliases: Vec<String>,
    /// The roads it stands on with the numbers of its houses, where the input says so.
    pub addresses: Vec<Address>,
}

impl Block {
    /// Its [`Particulars::community`].
    #[must_use]
    pub fn community(&self) -> Option<&str> {
        self.particulars.as_ref()?.community.as_deref()
    }

    /// Its [`Particulars::town`].
    #[must_use]
    pub fn town(&self) -> Option<&str> {
        self.particulars.as_ref()?.town.as_deref()
    }

    /// Its [`Particulars::longest_m`].
    #[must_use]
    pub fn longest_m(&self) -> Option<f64> {
        self.particulars.as_ref()?.longest_m
    }

    /// Its [`Particulars::aliases`].
    #[must_use]
    pub fn aliases(&self) -> &[String] {
        self.particulars.as_ref().map_or(&[], |particulars| &particulars.aliases)
    }

    /// Its [`Particulars::addresses`].
    #[must_use]
    pub fn addresses(&self) -> &[Address] {
        self.particulars.as_ref().map_or(&[], |particulars| &particulars.addresses)
    }

    /// Its particulars, to be changed.
    pub fn particulars_mut(&mut self) -> &mut Particulars {
        self.particulars.get_or_insert_default()
    }
}
