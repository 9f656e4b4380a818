//! School districts and catchments, planned and checked: near, right-sized, strong paired with weak.
//!
//! The words of the field and the names they have here:
//!
//! | word | Chinese | here |
//! |---|---|---|
//! | County | 县区 | [`model::County`]: the whole area planned at once |
//! | School | 学校 | [`model::School`] |
//! | Stage | 学段 | [`model::Stage`]: primary, junior; a nine-year school serves both |
//! | Block | 居住单元 | [`model::Block`]: the smallest piece that moves whole |
//! | Catchment | 招生地段 | [`model::Catchments`]: the blocks of each school |
//! | District | 学区、片区 | [`model::District`]: schools that work together; not a school authority, not an electoral district |
//! | Strength | 办学实力 | [`measure::Strength`]: internal, never published |
//! | Scheme | 方案 | [`model::Scheme`]: who goes where |
//! | Finding | 问题 | [`model::Finding`]: what a check has to say about the input |
//! | Bound | 下界 | [`catchment::Bound`]: what no scheme under the same hard rules can beat |
//!
//! Data flow down this list of rooms, and a room imports only from those above it; a test says so.
//!
//! | room | |
//! |---|---|
//! | [`language`] | words people read, in Chinese and English |
//! | [`model`] | the nouns |
//! | [`space`] | geometry asked of a county |
//! | [`read`] | files to a county, with findings |
//! | [`measure`] | what a scheme is worth |
//! | [`catchment`] | blocks to schools |
//! | [`district`] | schools to districts |
//! | [`explain`] | why this school, why not that one |
//! | [`publish`] | outputs |
//! | [`verify`] | the second opinion; imports nothing between `read` and itself |
//! | [`demo`] | a fictional county from a seed |
//! | [`cli`] | commands |

pub mod catchment;
pub mod cli;
pub mod demo;
pub mod district;
pub mod explain;
pub mod language;
pub mod measure;
pub mod model;
pub mod publish;
pub mod read;
pub mod space;
pub mod verify;
