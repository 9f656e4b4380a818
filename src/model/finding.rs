//! Findings (问题): what `check` has to say about the input.

use geo::Coord;
use serde::Serialize;

use crate::language::{Language, Message};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// For the record: a guess, a conversion, an assumption.
    Note,
    /// Can be planned, but a person should look.
    Warning,
    /// Cannot be planned until it is mended.
    Error,
}

impl Severity {
    /// All of them, worst first.
    pub const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

    /// The word for programs.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// The word for people.
    #[must_use]
    pub fn message(self) -> Message {
        Message::new(match self {
            Severity::Note => "severity-note",
            Severity::Warning => "severity-warning",
            Severity::Error => "severity-error",
        })
    }
}

macro_rules! finding_codes {
    ($($(#[$documentation:meta])* $name:ident = $slug:literal, $severity:ident;)*) => {
        /// What a finding is about. The slug is stable: scripts and the documents rely on it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum FindingCode {
            $($(#[$documentation])* $name,)*
        }

        impl FindingCode {
            /// Every code, in the order of the documents.
            pub const ALL: &'static [FindingCode] = &[$(FindingCode::$name,)*];

            /// The stable name, such as `seats-missing`.
            #[must_use]
            pub const fn slug(self) -> &'static str {
                match self { $(FindingCode::$name => $slug,)* }
            }

            /// The severity it has.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(FindingCode::$name => Severity::$severity,)* }
            }
        }
    };
}

finding_codes! {
    /// A Shapefile has no table of attributes.
    AttributesMissing = "attributes-missing", Warning;
    /// The text encoding of a file was not stated and was guessed.
    EncodingGuessed = "encoding-guessed", Note;
    /// The likeliest encoding was taken, and others are as likely.
    EncodingDoubtful = "encoding-doubtful", Warning;
    /// The text is in a code page that is not supported.
    EncodingUnsupported = "encoding-unsupported", Warning;
    /// The text of a file is not in the encoding that is stated.
    EncodingContradicted = "encoding-contradicted", Warning;
    /// Some bytes of a file are not text in its encoding.
    EncodingBroken = "encoding-broken", Warning;
    /// Texts end in the middle of a character, as fields of fixed width cut them.
    TextCut = "text-cut", Warning;
    /// Marks that spreadsheets put before text were taken off.
    TextMarks = "text-marks", Note;
    /// Columns hold what their file does not: memos that stand in another file, pictures.
    ColumnUnread = "column-unread", Warning;
    /// Rows that are marked as deleted were left out.
    RowsDeleted = "rows-deleted", Warning;
    /// A file says that it has another number of rows than it holds.
    RowsUncounted = "rows-uncounted", Error;
    /// The name of a file says something else than its content.
    FormatDiffers = "format-differs", Note;
    /// Of several sheets, layers or files in a file one was read.
    PartChosen = "part-chosen", Note;
    /// Rows above the header of a sheet were taken for titles.
    TitleAbove = "title-above", Note;
    /// Rows at the end of a sheet were taken for sums and remarks.
    RowsBelow = "rows-below", Note;
    /// Text of cells merged over rows was put into each of them.
    CellsMerged = "cells-merged", Note;
    /// A formula of a sheet failed.
    CellError = "cell-error", Warning;
    /// Numbers of a sheet have lost digits.
    DigitsLost = "digits-lost", Warning;
    /// Columns that hold columns were left out.
    ColumnNested = "column-nested", Note;
    /// The shapes of a layer are not in a format made for tables.
    ShapesLeftOut = "shapes-left-out", Note;
    /// A layer whose coordinate system nobody stated was written without one.
    CrsNotWritten = "crs-not-written", Note;
    /// Text that is too long for a format was cut there and written in full beside it.
    TextShortened = "text-shortened", Warning;
    /// A column was recognised by its name.
    ColumnRecognised = "column-recognised", Note;
    /// Columns of schools or groups that serve nothing.
    ColumnUnused = "column-unused", Note;
    /// A column that is needed is not there.
    ColumnMissing = "column-missing", Error;
    /// A column the settings name is not there.
    ColumnUnknown = "column-unknown", Error;
    /// The settings name a use of a column that columns of its layer cannot have.
    RoleUnknown = "role-unknown", Error;
    /// A column that is used stands twice, and the two differ.
    ColumnRepeated = "column-repeated", Error;
    /// A row has more or fewer cells than the header.
    RowLength = "row-length", Error;
    /// The coordinate system of a file is neither stated nor to be guessed.
    CrsUnknown = "crs-unknown", Error;
    /// The coordinate system of a file was guessed.
    CrsGuessed = "crs-guessed", Note;
    /// A named coordinate system does not exist or cannot be computed.
    CrsUnsupported = "crs-unsupported", Error;
    /// Coordinates were converted.
    CrsConverted = "crs-converted", Note;
    /// The datum of the input differs from WGS84 by a shift that nobody has stated.
    CrsDatumShift = "crs-datum-shift", Error;
    /// The coordinates of a file are not of the coordinate system that is stated for it.
    CrsMisfit = "crs-misfit", Error;
    /// Northings stand where eastings are due.
    AxesSwapped = "axes-swapped", Error;
    /// Coordinates written northing or latitude first were put in order, as asked.
    AxesExchanged = "axes-exchanged", Note;
    /// Local metres and coordinates on the earth cannot be mixed.
    CrsMixed = "crs-mixed", Error;
    /// A row has no coordinates.
    PlaceMissing = "place-missing", Error;
    /// A cell that should hold a place holds something else.
    PlaceUnreadable = "place-unreadable", Error;
    /// Coordinates that cannot be: not numbers, off the earth, or beyond all measure.
    PlaceImpossible = "place-impossible", Error;
    /// A place lies in another part of the world than the other rows.
    PlaceFar = "place-far", Error;
    /// The coordinates of a place are 0, 0.
    PlaceZero = "place-zero", Error;
    /// Longitude and latitude look swapped.
    PlaceSwapped = "place-swapped", Error;
    /// Many rows have the very same coordinates.
    PlaceRepeated = "place-repeated", Warning;
    /// Coordinates have so few decimals that places are off by a street block or more.
    PlaceCoarse = "place-coarse", Warning;
    /// A shape of the wrong kind, such as a line where an outline is due.
    ShapeWrongKind = "shape-wrong-kind", Error;
    /// The usable part of a collection of shapes was taken.
    ShapeFromCollection = "shape-from-collection", Note;
    /// Heights or measures of places were left out.
    ShapeHeights = "shape-heights", Note;
    /// A cell is not the number it should be.
    NumberUnreadable = "number-unreadable", Error;
    /// A count is below nought.
    NumberNegative = "number-negative", Error;
    /// A count is larger than any of people.
    NumberLarge = "number-large", Error;
    /// Formulas have no result.
    FormulaUncalculated = "formula-uncalculated", Warning;
    /// A column that by its name counts residents was taken as pupils.
    PupilsFromPopulation = "pupils-from-population", Warning;
    /// Pupils are not a whole number.
    PupilsFractional = "pupils-fractional", Error;
    /// Fractional pupils were rounded, as the settings ask.
    PupilsRounded = "pupils-rounded", Warning;
    /// Addresses that cannot be read.
    AddressUnread = "address-unread", Warning;
    /// A block has no number of pupils.
    PupilsMissing = "pupils-missing", Error;
    /// No block has any pupil.
    PupilsNone = "pupils-none", Error;
    /// Blocks without pupils.
    PupilsZero = "pupils-zero", Note;
    /// The blocks have far more or far fewer pupils than the schools today.
    PupilsEnrolment = "pupils-enrolment", Warning;
    /// Communities of one name lie in different towns and count as different.
    CommunityByTown = "community-by-town", Note;
    /// Blocks of one community lie in places far from one another.
    CommunityApart = "community-apart", Warning;
    /// A town of schools is that of no block or area, but nearly so.
    TownNear = "town-near", Warning;
    /// Ids occur more than once.
    IdDuplicate = "id-duplicate", Error;
    /// Two ids look the same and are not.
    IdAlike = "id-alike", Warning;
    /// The sites of a school were told apart.
    SitesApart = "sites-apart", Note;
    /// A row has no id.
    IdMissing = "id-missing", Error;
    /// The file has no id column and names or row numbers serve as ids.
    IdFromName = "id-from-name", Note;
    /// Feature ids repeat, so names serve as ids.
    FeatureIdRepeated = "feature-id-repeated", Warning;
    /// Two schools have the same name.
    NameDuplicate = "name-duplicate", Warning;
    /// There are no schools.
    SchoolsNone = "schools-none", Error;
    /// There are no blocks.
    BlocksNone = "blocks-none", Error;
    /// A school's stage is not a known one.
    StageUnknown = "stage-unknown", Error;
    /// Schools are senior ones by their names and were taken as junior ones by their type.
    StageDoubtful = "stage-doubtful", Warning;
    /// A school where school is not compulsory: it is in no plan of catchments.
    SchoolNotCompulsory = "school-not-compulsory", Note;
    /// A special school 特殊教育、专门学校: compulsory in law, but of no stage that is grouped or given catchments.
    SchoolSpecial = "school-special", Note;
    /// A school that has closed by the year of the project: it takes no part.
    SchoolClosed = "school-closed", Note;
    /// Schools count as new by the year they opened, as the policy has it.
    SchoolsNewByYear = "schools-new-by-year", Note;
    /// A cell is none of the words that stand in its column.
    WordUnknown = "word-unknown", Error;
    /// A name in the table of groups is not a school.
    GroupSchoolUnknown = "group-school-unknown", Error;
    /// A row of the table of groups names no group, or no school.
    GroupRowEmpty = "group-row-empty", Warning;
    /// A table of groups has headings and no row.
    GroupsEmpty = "groups-empty", Error;
    /// A group has two leads, or a school stands in it twice.
    GroupTwice = "group-twice", Error;
    /// Rows of a group say different things of it as a whole.
    GroupConflict = "group-conflict", Error;
    /// The table of groups has districts and groups that lie over them: how many, and how they were told apart.
    GroupKinds = "group-kinds", Note;
    /// Groups lie over districts by their names and by who is in them, but no column says so.
    GroupKindByName = "group-kind-by-name", Note;
    /// The mode of a lead in the table of schools is none of the document's.
    ModeOfOtherDocument = "mode-of-other-document", Warning;
    /// Whom schools belong to and whom they are under contradict each other.
    SuperiorContradicts = "superior-contradicts", Note;
    /// A waiver of the settings names no district.
    WaiverUnknown = "waiver-unknown", Warning;
    /// Groups that lie over districts name no core school.
    GroupCoreUntold = "group-core-untold", Warning;
    /// Schools have stages but the blocks give only one number of pupils.
    StagePupilsUnclear = "stage-pupils-unclear", Error;
    /// Pupils of a stage that no school serves.
    StageWithoutSchool = "stage-without-school", Error;
    /// A school has no seats given.
    SeatsMissing = "seats-missing", Error;
    /// A school has zero seats.
    SeatsZero = "seats-zero", Error;
    /// A school has seats shared between stages and others of a stage's own.
    SharedSeatsBeside = "shared-seats-beside", Error;
    /// A school with shared seats serves a single stage here.
    SharedSeatsOneStage = "shared-seats-one-stage", Warning;
    /// A school whose seats are shared between stages stands in a pool.
    PoolSharedSeats = "pool-shared-seats", Error;
    /// A pool has a single school.
    PoolSingle = "pool-single", Warning;
    /// A school is in a pool of a stage it does not serve.
    PoolUnserved = "pool-unserved", Warning;
    /// Seats were taken from today's loads, as the settings ask.
    SeatsFromExisting = "seats-from-existing", Note;
    /// A school has no pupils today and therefore no seats by that rule; it gets no catchment.
    SeatsFromExistingNone = "seats-from-existing-none", Warning;
    /// All seats of a stage together are fewer than its pupils.
    SeatsShort = "seats-short", Warning;
    /// The seats of stages that share some are together fewer than their pupils.
    SeatsShortTogether = "seats-short-together", Warning;
    /// A part of the county that hangs together with no other has fewer seats than pupils.
    SeatsShortApart = "seats-short-apart", Warning;
    /// The seats of a school do not fit its classes.
    SeatsClasses = "seats-classes", Warning;
    /// A block has more pupils than any school has seats.
    BlockTooLarge = "block-too-large", Warning;
    /// Two schools of a stage stand in one place.
    SchoolsSamePlace = "schools-same-place", Warning;
    /// The schools lie beside their blocks on the whole, as a wrong coordinate system explains.
    LayersShifted = "layers-shifted", Warning;
    /// The schools lie far from all blocks.
    LayersApart = "layers-apart", Error;
    /// A school stands outside every block, or far from all of them where blocks are points.
    SchoolOutside = "school-outside", Warning;
    /// A school stands outside the administrative areas.
    SchoolOutsideAreas = "school-outside-areas", Warning;
    /// A block lies outside the administrative areas.
    BlockOutsideAreas = "block-outside-areas", Warning;
    /// Most schools or blocks lie outside the administrative areas.
    AreasElsewhere = "areas-elsewhere", Warning;
    /// Two schools of a stage stand in one block.
    SchoolsSameBlock = "schools-same-block", Warning;
    /// A school's home block is not in the table of blocks.
    HomeUnknown = "home-unknown", Error;
    /// Two schools of a stage claim one home block in the input.
    HomeTwice = "home-twice", Error;
    /// A block has neither outline nor point.
    OutlineMissing = "outline-missing", Error;
    /// Blocks with outlines and blocks with points only are mixed.
    OutlineMixed = "outline-mixed", Error;
    /// Outlines of several parts.
    OutlineMultipart = "outline-multipart", Note;
    /// An outline crosses or touches itself.
    OutlineInvalid = "outline-invalid", Warning;
    /// An outline has no area.
    OutlineEmpty = "outline-empty", Error;
    /// A ring of an outline was not closed.
    OutlineUnclosed = "outline-unclosed", Warning;
    /// Points of outlines repeat the one before them.
    OutlineRepeatedPoints = "outline-repeated-points", Note;
    /// Rings of outlines were sorted into grounds and holes by what lies in what.
    OutlineRingsSorted = "outline-rings-sorted", Note;
    /// An outline has edges halfway around the earth.
    OutlineAntimeridian = "outline-antimeridian", Warning;
    /// Two blocks have the same outline.
    OutlineDuplicate = "outline-duplicate", Warning;
    /// A block lies wholly inside another one.
    OutlineInside = "outline-inside", Warning;
    /// Two outlines overlap.
    OutlineOverlap = "outline-overlap", Warning;
    /// A gap between outlines that is large enough to be meant.
    OutlineGap = "outline-gap", Note;
    /// Slivers between outlines were closed in the drawn borders.
    OutlineSliver = "outline-sliver", Note;
    /// Borders that nearly meet were joined.
    OutlineSnapped = "outline-snapped", Note;
    /// Outlines were made as cells around points.
    OutlineFromPoint = "outline-from-point", Note;
    /// Points were taken from columns beside the outlines.
    PointFromColumns = "point-from-columns", Note;
    /// A pair of the adjacency table names an unknown block.
    AdjacencyUnknown = "adjacency-unknown", Error;
    /// Pairs of the adjacency table that name one block twice.
    AdjacencyItself = "adjacency-itself", Note;
    /// The adjacency table holds bridges and ferries only, which count beside the borders.
    AdjacencyLinks = "adjacency-links", Note;
    /// Most outlines touch no other, so that neighbours are those across a gap.
    AdjacencyNearness = "adjacency-nearness", Note;
    /// The given adjacency differs from the borders.
    AdjacencyDiffers = "adjacency-differs", Note;
    /// A block has no neighbour through which it could reach a school, and was linked to the nearest one.
    BlockIsland = "block-island", Warning;
    /// A name of the existing scheme is not a school.
    ExistingSchoolUnknown = "existing-school-unknown", Warning;
    /// A name of the existing scheme is that of a school but for its spelling, and was taken for it.
    ExistingSchoolRespelt = "existing-school-respelt", Warning;
    /// The existing scheme names a block that is not there.
    ExistingBlockUnknown = "existing-block-unknown", Warning;
    /// The existing scheme gives a block to two schools of one stage.
    ExistingTwice = "existing-twice", Warning;
    /// Blocks the existing scheme leaves out.
    ExistingIncomplete = "existing-incomplete", Note;
    /// Catchments that two authorities propose overlap.
    AuthoritiesOverlap = "authorities-overlap", Warning;
    /// No authority proposes a catchment for part of the county.
    AuthoritiesGap = "authorities-gap", Warning;
    /// A name of a lock is unknown.
    LockUnknown = "lock-unknown", Error;
    /// A lock puts a block to a school in a stage the school does not serve.
    LockStageUnserved = "lock-stage-unserved", Error;
    /// Two locks cannot both hold.
    LockConflict = "lock-conflict", Error;
    /// A lock names one block twice.
    LockItself = "lock-itself", Error;
    /// A school is locked as a member of the district it leads itself.
    LockSchoolItself = "lock-school-itself", Error;
    /// A lock of two blocks speaks of stages that are not planned.
    LockStageUnplanned = "lock-stage-unplanned", Error;
    /// Two blocks should go together and must go to two schools.
    LockTogetherConflict = "lock-together-conflict", Error;
    /// Two blocks should never go to one school and must go together.
    LockTogetherApart = "lock-together-apart", Error;
    /// Two blocks should never go to one school and both must go to the same.
    LockApartConflict = "lock-apart-conflict", Error;
    /// A block should not go to the school it must go to.
    LockForbiddenNeeded = "lock-forbidden-needed", Error;
    /// No school is left that a block may go to.
    LockForbiddenAll = "lock-forbidden-all", Error;
    /// A lock puts a block to a school beyond the longest distance.
    LockTooFar = "lock-too-far", Warning;
    /// No school is within the longest distance of a block.
    BlockTooFar = "block-too-far", Warning;
    /// The fewest pupils of a school are given without a stage, and it serves two.
    LeastStageUnclear = "least-stage-unclear", Warning;
    /// A school must be given more pupils than it has seats.
    LeastAboveSeats = "least-above-seats", Error;
    /// Schools must together be given more pupils than there are.
    LeastShort = "least-short", Warning;
    /// The locks of a school need more seats than it has.
    LockOverfull = "lock-overfull", Warning;
    /// A barrier has no crossing.
    BarrierWithoutCrossing = "barrier-without-crossing", Warning;
    /// A crossing lies on no barrier.
    CrossingOffBarrier = "crossing-off-barrier", Warning;
    /// Roads are to be walked on, and there is none.
    RoadsNone = "roads-none", Error;
    /// Which roads were taken and which left out.
    RoadsTaken = "roads-taken", Note;
    /// Nodes of ways that are not in an extract.
    RoadsCut = "roads-cut", Note;
    /// Roads that cross, or end on one another, without a vertex in common.
    RoadsCrossing = "roads-crossing", Note;
    /// Roads that do not hang together with most others, a small part.
    RoadsApart = "roads-apart", Note;
    /// Roads that do not hang together with most others, a large part.
    RoadsTorn = "roads-torn", Warning;
    /// A school is far from every road.
    RoadFarSchool = "road-far-school", Warning;
    /// Blocks are far from every road.
    RoadFarBlocks = "road-far-blocks", Warning;
    /// Distances are to be taken from a table, and there is none.
    DistanceNone = "distance-none", Error;
    /// A name in the given distances is not a block or a school.
    DistanceUnknown = "distance-unknown", Warning;
    /// Given distances are below zero.
    DistanceNegative = "distance-negative", Error;
    /// Pairs are given twice, with different distances.
    DistanceRepeated = "distance-repeated", Error;
    /// Pairs have no given distance.
    DistanceMissing = "distance-missing", Warning;
    /// Minutes became metres.
    DistanceConverted = "distance-converted", Note;
    /// Given distances are shorter than the straight line.
    DistanceShort = "distance-short", Warning;
    /// There are no data of strength, so districts are left out.
    StrengthMissing = "strength-missing", Note;
    /// A school has too few data of strength to be rated.
    StrengthIncomplete = "strength-incomplete", Note;
    /// Enrolment is not given, so seats stand in for it in the measures of strength.
    EnrolmentMissing = "enrolment-missing", Note;
    /// A year is not one.
    YearUnreadable = "year-unreadable", Error;
    /// A target has no indicator.
    TargetUnnamed = "target-unnamed", Error;
    /// An indicator has no target.
    TargetMissing = "target-missing", Error;
    /// The way a target is to be compared is not known.
    TargetComparison = "target-comparison", Error;
    /// A column that is not read holds comparisons.
    TargetComparisonUnread = "target-comparison-unread", Warning;
    /// Of a target and its value only one is a percentage.
    TargetUnits = "target-units", Error;
    /// An indicator stands twice for one year.
    TargetRepeated = "target-repeated", Error;
    /// A row of a review names no group.
    ReviewGroupMissing = "review-group-missing", Error;
    /// A row of a review has no year where others of its group have one.
    ReviewYearMissing = "review-year-missing", Error;
    /// An item of a review is not in the rubric.
    ReviewItemUnknown = "review-item-unknown", Error;
    /// A value of a review is not one its item can have.
    ReviewValueUnfit = "review-value-unfit", Error;
    /// An item of a review stands twice for one group and year.
    ReviewRepeated = "review-repeated", Error;
}

/// Characters of a cell or a name that are shown; what is longer is cut.
const SHOWN_CHARACTERS: usize = 80;

/// A text that stays on its line: what would break the line, or move the cursor about, becomes a visible space.
fn on_one_line(text: &str) -> String {
    let breaks = |character: char| character.is_control() || matches!(character, '\u{2028}' | '\u{2029}');
    text.chars().map(|character| if breaks(character) { '␣' } else { character }).collect()
}

/// A cell or a name as findings show it: on one line, and cut where it is long.
fn shown(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(SHOWN_CHARACTERS) else { return on_one_line(text) };
    format!("{}…", on_one_line(&text[..end]))
}

/// One thing `check` found, with the place to look and the way to mend it.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What it is about.
    pub code: FindingCode,
    /// The file, as the settings or the command line name it.
    pub file: Option<String>,
    /// The row or feature in that file.
    pub row: Option<u32>,
    /// The school, block or other thing it concerns.
    pub name: Option<String>,
    /// Longitude and latitude, or planar metres in a local county.
    pub place: Option<Coord<f64>>,
    arguments: Message,
}

impl Finding {
    /// A finding without a place yet.
    #[must_use]
    pub fn new(code: FindingCode) -> Finding {
        let arguments = Message::new(format!("finding-{}", code.slug()));
        Finding { code, file: None, row: None, name: None, place: None, arguments }
    }

    /// Says in which file.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Finding {
        self.file = Some(file.into());
        self
    }

    /// Says in which row.
    #[must_use]
    pub fn at_row(mut self, row: u32) -> Finding {
        self.row = Some(row);
        self
    }

    /// Names the thing it concerns; a long name is cut, and kept on one line.
    #[must_use]
    pub fn about(mut self, name: impl Into<String>) -> Finding {
        self.name = Some(shown(&name.into()));
        self
    }

    /// Says where on the map.
    #[must_use]
    pub fn at_place(mut self, place: Coord<f64>) -> Finding {
        self.place = Some(place);
        self
    }

    /// Adds a cell or a name its sentences mention; a long one is cut, and all are kept on one line.
    #[must_use]
    pub fn text(mut self, name: &'static str, value: impl Into<String>) -> Finding {
        self.arguments = self.arguments.text(name, shown(&value.into()));
        self
    }

    /// Adds a list its sentences mention; only the items are cut where they are long.
    #[must_use]
    pub fn list(
        mut self,
        name: &'static str,
        items: impl IntoIterator<Item = impl AsRef<str>>,
        separator: &str,
    ) -> Finding {
        let items: Vec<String> = items.into_iter().map(|item| shown(item.as_ref())).collect();
        self.arguments = self.arguments.text(name, items.join(separator));
        self
    }

    /// Adds what a library says of a fault, in full and on one line.
    #[must_use]
    pub fn explanation(mut self, name: &'static str, value: impl Into<String>) -> Finding {
        self.arguments = self.arguments.text(name, on_one_line(&value.into()));
        self
    }

    /// Adds a whole number its sentences mention.
    #[must_use]
    pub fn count(mut self, name: &'static str, value: impl TryInto<i64>) -> Finding {
        self.arguments = self.arguments.count(name, value);
        self
    }

    /// Adds a decimal number its sentences mention.
    #[must_use]
    pub fn decimal(mut self, name: &'static str, value: f64, places: usize) -> Finding {
        self.arguments = self.arguments.decimal(name, value, places);
        self
    }

    /// Adds a sentence its sentences mention.
    #[must_use]
    pub fn sentence(mut self, name: &'static str, value: Message) -> Finding {
        self.arguments = self.arguments.sentence(name, value);
        self
    }

    /// Adds the sentence `key` about `value`, or nothing where `value` is empty.
    #[must_use]
    pub fn clause(mut self, name: &'static str, key: &str, value: &str) -> Finding {
        self.arguments = self.arguments.clause(name, key, &shown(value));
        self
    }

    /// How much it matters.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// A sentence of its own that holds what is the matter (`what`) and the remedy (`remedy`).
    #[must_use]
    pub fn line(&self, key: &str) -> Message {
        let remedy = self.arguments.under_key(format!("finding-{}-remedy", self.code.slug()));
        Message::new(key).sentence("what", self.arguments.clone()).sentence("remedy", remedy)
    }

    /// All of it on one line: where, who, what, and what to do.
    #[must_use]
    pub fn whole(&self) -> Message {
        let row = self.row.map(|row| row.to_string());
        let place: Vec<&str> = [&self.file, &row, &self.name].into_iter().flatten().map(String::as_str).collect();
        let key = if place.is_empty() { "finding-line" } else { "finding-line-at" };
        self.line(key).text("place", place.join(": ")).text("code", self.code.slug())
    }

    /// What is the matter.
    #[must_use]
    pub fn what(&self, language: Language) -> String {
        self.arguments.in_language(language)
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self, language: Language) -> String {
        self.arguments.under_key(format!("finding-{}-remedy", self.code.slug())).in_language(language)
    }
}

/// The worst severity among `findings`; `None` where there are none.
#[must_use]
pub fn worst_severity(findings: &[Finding]) -> Option<Severity> {
    findings.iter().map(Finding::severity).max()
}
