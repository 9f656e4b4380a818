//! Residential blocks (居住单元).

use geo::{Coord, MultiPolygon};

use super::{Address, Origin, PerStage};

/// The smallest piece that moves whole: a compound 小区, a street block 街坊, a village 自然村.
#[derive(Clone, Debug)]
pub struct Block {
    /// Stable id; always text.
    pub id: String,
    /// The name people use; the id where the input has no names.
    pub name: String,
    /// The point distances are measured from: on the block's surface, in working metres.
    pub point: Coord<f64>,
    /// The outline as it was read, in working metres; `None` where the input gives points only.
    pub outline: Option<MultiPolygon<f64>>,
    /// Pupils per stage.
    pub pupils: PerStage<u32>,
    /// The community or village committee 社区/村委会 it belongs to, whose blocks had better go to one school.
    pub community: Option<String>,
    /// The longest way its pupils may be given, in metres; the setting holds where there is none.
    pub longest_m: Option<f64>,
    /// Other names people know it by 别名: former names, names of phases.
    pub aliases: Vec<String>,
    /// The roads it stands on with the numbers of its houses, where the input says so.
    pub addresses: Vec<Address>,
    /// The town or street office 乡镇街道 it belongs to.
    pub town: Option<String>,
    /// Where it was read.
    pub origin: Origin,
}
