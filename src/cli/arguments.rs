//! Arguments as the program understands them. Their help stands in the language files, under `option-` and `command-`.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::language::{Language, Message};
use crate::model::YEARS;
use crate::model::settings::{
    CatchmentSettings, DistanceMethod, Effort, MOST_WEIGHT, PaperSize, Preset, Settings, SheetFormat,
};
use crate::publish::ExportFormat;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "xuequ", version)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
pub(super) struct Common {
    #[arg(long, global = true, value_name = "TAG", value_parser = language)]
    pub(super) lang: Option<Language>,
    #[arg(long, global = true)]
    pub(super) json: bool,
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
    #[arg(long, global = true, value_name = "KIND", value_enum)]
    pub(super) progress: Option<ProgressKind>,
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) threads: Option<u16>,
}

/// How progress is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ProgressKind {
    /// A bar on a terminal, nothing elsewhere.
    Auto,
    /// A JSON object a line, on the standard error.
    Json,
    /// Nothing.
    None,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Demo(DemoOptions),
    Init(InitOptions),
    Check(CheckOptions),
    Plan(Box<PlanOptions>),
    Group(Box<GroupOptions>),
    Publish(PublishOptions),
    Verify(VerifyOptions),
    Evaluate(EvaluateOptions),
    Export(ExportOptions),
    Map(MapOptions),
    Targets(TargetsOptions),
    Score(ScoreOptions),
}

/// Where the input is: a project, or files.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct InputOptions {
    #[arg(value_name = "PROJECT")]
    pub(super) project: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(super) schools: Vec<String>,
    #[arg(long, value_name = "FILE")]
    pub(super) blocks: Vec<String>,
    #[arg(long, value_name = "FILE")]
    pub(super) adjacency: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(super) existing: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(super) locks: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(super) barriers: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(super) crossings: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(super) roads: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(super) distances: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(super) areas: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(super) proposals: Vec<String>,
    #[arg(long, value_name = "FILE")]
    pub(super) groups: Option<String>,
    #[arg(long, value_name = "CRS")]
    pub(super) crs: Option<String>,
    #[arg(long, value_name = "LABEL")]
    pub(super) encoding: Option<String>,
    #[arg(long, value_name = "LAYER.ROLE=NAME")]
    pub(super) column: Vec<String>,
    #[arg(long, value_name = "NAME")]
    pub(super) county: Option<String>,
    #[arg(long, value_name = "FACTOR", value_parser = above_zero, allow_negative_numbers = true)]
    pub(super) seats_from_existing: Option<f64>,
}

#[derive(Debug, Args)]
pub(super) struct DemoOptions {
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
    #[arg(long, value_name = "NAME", value_parser = preset())]
    pub(super) preset: Option<Preset>,
    #[arg(long, value_name = "SEED")]
    pub(super) seed: Option<u64>,
    #[arg(long)]
    pub(super) overwrite: bool,
}

#[derive(Debug, Args)]
pub(super) struct InitOptions {
    #[command(flatten)]
    pub(super) input: InputOptions,
    #[arg(long)]
    pub(super) overwrite: bool,
}

#[derive(Debug, Args)]
pub(super) struct CheckOptions {
    #[command(flatten)]
    pub(super) input: InputOptions,
    #[arg(long = "out", short, value_name = "DIR", id = "report")]
    pub(super) out: Option<PathBuf>,
    #[arg(long)]
    pub(super) overwrite: bool,
    #[arg(long, requires = "report")]
    pub(super) fix: bool,
    #[arg(long, value_name = "CODE")]
    pub(super) explain: Option<String>,
}

/// Where a plan or a grouping is written, and how it is made.
#[derive(Debug, Default, Args)]
pub(super) struct MakingOptions {
    #[arg(long, short, value_name = "DIR")]
    pub(super) out: PathBuf,
    #[arg(long)]
    pub(super) overwrite: bool,
    #[arg(long, value_name = "SEED")]
    pub(super) seed: Option<u64>,
    // Whether membership of districts is to be solved exactly. Without the solver it is no option, and false.
    #[cfg_attr(feature = "exact", arg(long))]
    #[cfg_attr(not(feature = "exact"), arg(skip))]
    pub(super) exact: bool,
}

#[derive(Debug, Args)]
pub(super) struct PlanOptions {
    #[command(flatten)]
    pub(super) input: InputOptions,
    #[command(flatten)]
    pub(super) making: MakingOptions,
    #[arg(long, value_name = "SECONDS", value_parser = above_zero, allow_negative_numbers = true)]
    pub(super) time_limit: Option<f64>,
    #[arg(long, value_name = "EFFORT")]
    pub(super) effort: Option<EffortName>,
    #[arg(long, value_name = "METHOD")]
    pub(super) distance: Option<DistanceName>,
    #[command(flatten)]
    pub(super) terms: TermOptions,
    #[command(flatten)]
    pub(super) policy: PolicyOptions,
    #[arg(long, conflicts_with_all = ["no_districts", "pilot"])]
    pub(super) within_districts: bool,
    #[arg(long, conflicts_with = "pilot")]
    pub(super) no_districts: bool,
    #[arg(long)]
    pub(super) tables_only: bool,
}

#[derive(Debug, Default, Args)]
pub(super) struct GroupOptions {
    #[command(flatten)]
    pub(super) input: InputOptions,
    #[command(flatten)]
    pub(super) making: MakingOptions,
    #[command(flatten)]
    pub(super) policy: PolicyOptions,
    #[arg(long)]
    pub(super) frontier: bool,
    #[arg(long, value_name = "N", value_parser = count, requires = "frontier")]
    pub(super) pick: Option<usize>,
    #[arg(long, value_name = "FEWEST-MOST", value_parser = members)]
    pub(super) members: Option<[usize; 2]>,
    #[arg(long, value_name = "N", value_parser = count)]
    pub(super) districts: Option<usize>,
    #[arg(long, value_name = "METRES", value_parser = weight, allow_negative_numbers = true)]
    pub(super) metres_per_point: Option<f64>,
}

/// Whose rules districts are made by, and which of them.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(super) struct PolicyOptions {
    #[arg(long, value_name = "NAME", value_parser = preset())]
    pub(super) preset: Option<Preset>,
    #[arg(long)]
    pub(super) pilot: bool,
}

impl PolicyOptions {
    /// Puts what was asked for on top of the settings: where the project has the preset, what else it says of it stays.
    ///
    /// # Errors
    /// A message where only those that begin are asked for, and nobody says who begins when.
    pub(super) fn take_into(self, settings: &mut Settings) -> Result<(), Message> {
        if let Some(preset) = self.preset.filter(|preset| settings.policy.preset != Some(*preset)) {
            preset.put_into(settings);
        }
        if self.pilot && (settings.policy.start_year.is_none() || settings.policy.pilot_counties.is_empty()) {
            return Err(Message::new("error-pilot"));
        }
        settings.policy.everyone &= !self.pilot;
        Ok(())
    }
}

/// What counts in catchments beside seats and distance.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct TermOptions {
    #[arg(long, value_name = "METRES", value_parser = above_zero, allow_negative_numbers = true)]
    pub(super) longest_distance: Option<f64>,
    #[arg(long, value_name = "SHARE", value_parser = share, allow_negative_numbers = true)]
    pub(super) least_seat_use: Option<f64>,
    #[arg(long, value_name = "METRES", value_parser = weight, allow_negative_numbers = true)]
    pub(super) change: Option<f64>,
    #[arg(long = "community", value_name = "METRES", value_parser = weight, allow_negative_numbers = true)]
    pub(super) community: Option<f64>,
    #[arg(long, value_name = "WEIGHT", value_parser = weight, allow_negative_numbers = true)]
    pub(super) compactness: Option<f64>,
    #[arg(long, value_name = "METRES", value_parser = weight, allow_negative_numbers = true)]
    pub(super) balance: Option<f64>,
}

impl TermOptions {
    /// Puts what was asked for on top of the settings.
    pub(super) fn take_into(&self, settings: &mut CatchmentSettings) {
        settings.longest_distance_m = self.longest_distance.or(settings.longest_distance_m);
        settings.least_seat_use = self.least_seat_use.or(settings.least_seat_use);
        for (option, setting) in [
            (self.change, &mut settings.change),
            (self.community, &mut settings.community),
            (self.compactness, &mut settings.compactness),
            (self.balance, &mut settings.balance),
        ] {
            *setting = option.unwrap_or(*setting);
        }
    }
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own, and any may go with any other")]
pub(super) struct PublishOptions {
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
    #[arg(long, short, value_name = "DIR")]
    pub(super) out: PathBuf,
    #[arg(long, value_name = "DIR")]
    pub(super) project: Option<PathBuf>,
    #[arg(long)]
    pub(super) public: bool,
    #[arg(long)]
    pub(super) adopted: bool,
    #[arg(long, value_name = "PAPER", value_delimiter = ',', value_parser = paper())]
    pub(super) paper: Vec<PaperSize>,
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', value_parser = sheet_format())]
    pub(super) formats: Vec<SheetFormat>,
    #[arg(long, value_name = "FILE")]
    pub(super) font: Option<PathBuf>,
    #[arg(long)]
    pub(super) text_as_paths: bool,
    #[arg(long)]
    pub(super) overwrite: bool,
}

#[derive(Debug, Args)]
pub(super) struct VerifyOptions {
    #[arg(value_name = "OUT")]
    pub(super) folder: PathBuf,
    #[arg(long, value_name = "DIR")]
    pub(super) project: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct EvaluateOptions {
    #[command(flatten)]
    pub(super) input: InputOptions,
    #[arg(long, value_name = "FILE")]
    pub(super) assignment: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct MapOptions {
    #[command(flatten)]
    pub(super) input: InputOptions,
    #[arg(long, short, value_name = "FILE")]
    pub(super) out: PathBuf,
    #[arg(long)]
    pub(super) overwrite: bool,
}

/// A table that stands alone, and where to write what it comes to.
#[derive(Debug, Args)]
pub(super) struct TableOptions {
    #[arg(value_name = "FILE")]
    pub(super) file: String,
    #[arg(long, short, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    #[arg(long)]
    pub(super) overwrite: bool,
    #[arg(long, value_name = "LABEL")]
    pub(super) encoding: Option<String>,
    #[arg(long, value_name = "LAYER.ROLE=NAME")]
    pub(super) column: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct ExportOptions {
    #[arg(value_name = "INPUT", required = true)]
    pub(super) inputs: Vec<PathBuf>,
    #[arg(long, short, value_name = "FORMAT", required = true, value_parser = export_format())]
    pub(super) format: Vec<ExportFormat>,
    #[arg(long, short, value_name = "DIR")]
    pub(super) out: PathBuf,
    #[arg(long, value_name = "COLUMN")]
    pub(super) by: Option<String>,
    #[arg(id = "written_crs", long = "crs", value_name = "CRS")]
    pub(super) crs: Option<String>,
    #[arg(id = "written_encoding", long = "encoding", value_name = "LABEL")]
    pub(super) encoding: Option<String>,
    #[arg(long, value_name = "LABEL")]
    pub(super) input_encoding: Option<String>,
    #[arg(long)]
    pub(super) overwrite: bool,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true, disable_help_subcommand = true)]
pub(super) struct TargetsOptions {
    #[command(subcommand)]
    pub(super) command: Option<TargetsCommand>,
    #[command(flatten)]
    pub(super) table: Option<TableOptions>,
    #[arg(long, value_name = "YEAR", value_parser = year)]
    pub(super) year: Option<u16>,
}

/// `targets check FILE` is `targets FILE`.
#[derive(Debug, Subcommand)]
pub(super) enum TargetsCommand {
    Check(TargetsCheckOptions),
}

#[derive(Debug, Args)]
pub(super) struct TargetsCheckOptions {
    #[command(flatten)]
    pub(super) table: TableOptions,
    #[arg(long, value_name = "YEAR", value_parser = year)]
    pub(super) year: Option<u16>,
}

#[derive(Debug, Args)]
pub(super) struct ScoreOptions {
    #[command(flatten)]
    pub(super) table: TableOptions,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum EffortName {
    Quick,
    Standard,
    Thorough,
}

impl From<EffortName> for Effort {
    fn from(name: EffortName) -> Effort {
        match name {
            EffortName::Quick => Effort::Quick,
            EffortName::Standard => Effort::Standard,
            EffortName::Thorough => Effort::Thorough,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum DistanceName {
    Straight,
    Barrier,
    Road,
    Given,
}

impl From<DistanceName> for DistanceMethod {
    fn from(name: DistanceName) -> DistanceMethod {
        match name {
            DistanceName::Straight => DistanceMethod::Straight,
            DistanceName::Barrier => DistanceMethod::Barrier,
            DistanceName::Road => DistanceMethod::Road,
            DistanceName::Given => DistanceMethod::Given,
        }
    }
}

/// A number above zero and of a size that means something: a thousand million seconds are thirty years. What is wrong is told in the reader's language, so that the fault itself needs no words.
fn above_zero(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|number: &f64| *number > 0.0 && *number <= 1e9).ok_or_else(String::new)
}

/// A share of a whole.
fn share(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|number: &f64| (0.0..=1.0).contains(number)).ok_or_else(String::new)
}

/// A weight of the sum that the search makes least.
fn weight(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|number: &f64| (0.0..=MOST_WEIGHT).contains(number)).ok_or_else(String::new)
}

/// Fewest and most members, such as `1-3`.
fn members(text: &str) -> Result<[usize; 2], String> {
    let (fewest, most) = text.split_once(['-', '–']).unwrap_or((text, text));
    match (fewest.trim().parse(), most.trim().parse()) {
        (Ok(fewest), Ok(most)) if fewest <= most && most < usize::MAX => Ok([fewest, most]),
        _ => Err(String::new()),
    }
}

/// A count above zero.
fn count(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|count| *count > 0).ok_or_else(String::new)
}

/// A year.
fn year(text: &str) -> Result<u16, String> {
    text.parse().ok().filter(|year| YEARS.contains(year)).ok_or_else(String::new)
}

/// A document whose rules are known.
fn preset() -> impl TypedValueParser<Value = Preset> {
    PossibleValuesParser::new(Preset::ALL.iter().map(|preset| preset.slug()))
        .try_map(|word| Preset::from_word(&word).ok_or_else(String::new))
}

/// What map sheets are made for.
fn paper() -> impl TypedValueParser<Value = PaperSize> {
    PossibleValuesParser::new(PaperSize::EACH.map(PaperSize::slug))
        .try_map(|word| PaperSize::EACH.into_iter().find(|paper| paper.slug() == word).ok_or_else(String::new))
}

/// A format of map sheets.
fn sheet_format() -> impl TypedValueParser<Value = SheetFormat> {
    PossibleValuesParser::new(SheetFormat::EACH.map(SheetFormat::slug))
        .try_map(|word| SheetFormat::EACH.into_iter().find(|format| format.slug() == word).ok_or_else(String::new))
}

/// A format to export to.
fn export_format() -> impl TypedValueParser<Value = ExportFormat> {
    PossibleValuesParser::new(ExportFormat::ALL.iter().map(|format| format.slug()))
        .try_map(|word| ExportFormat::from_word(&word).ok_or_else(String::new))
}

/// A language the program speaks.
fn language(tag: &str) -> Result<Language, String> {
    Language::from_tag(tag).ok_or_else(String::new)
}

/// The command line as clap builds it, without words for people.
#[must_use]
pub fn command() -> clap::Command {
    Arguments::command()
}
