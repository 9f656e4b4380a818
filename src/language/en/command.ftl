### Command line

command-xuequ = School districts planned: near, right-sized, strong paired with weak
command-demo = Write out a fictional county and plan it
command-init = Write a commented xuequ.toml from the files at hand
command-check = Check the input and list findings
command-plan = Plan catchments and districts, and write the output folder
command-group = Group schools into districts without catchments
command-verify = Re-check an output folder from files alone
command-evaluate = Measure the existing or a hand-drawn assignment
command-map = Draw a map of the schools
command-targets = Say which targets of a table are met, and by how much others are missed
command-score = Score education groups by the Ankang review rubric
command-help = Show help

help-usage = Usage
help-options = Options
help-arguments = Arguments
help-command = Command
help-commands = Commands

option-lang = Language: zh-CN or en (default: the system's)
option-json = Data as JSON
option-quiet = Say nothing along the way
option-progress = Progress: auto, json or none
option-threads = Threads (default: all cores; results do not depend on it)
option-project = Project folder or settings file (default ./xuequ.toml); for verify, the folder of the inputs
option-schools = Table of schools (CSV, GeoJSON, Shapefile); may be repeated
option-blocks = Table of blocks; may be repeated
option-adjacency = Table of neighbour pairs
option-existing = Table of the existing scheme
option-locks = Table of locks
option-barriers = Layer of barriers (rivers, railways, trunk roads)
option-crossings = Layer of crossings (bridges, underpasses)
option-roads = Layer of roads people walk on (OpenStreetMap .osm.pbf, GeoJSON, Shapefile)
option-distances = Table of given distances: rows block, school, metres or minutes; or a row a block and a column a school
option-areas = Layer of administrative areas
option-crs = Coordinate system of layers that carry none: EPSG:4490, EPSG:4545, local …
option-encoding = Text encoding: GBK, UTF-8 …
option-column = Name a column: blocks.pupils=students; may be repeated
option-county = Name of the county
option-seats_from_existing = For schools without seats: this multiple of their pupils in the existing scheme, such as 1.05
option-folder = Folder
option-seed = Seed of all random choices
option-overwrite = Replace an existing output
option-out = Folder or file to write
option-time_limit = Time limit of the search in seconds
option-effort = Effort of the search: quick, standard or thorough
option-distance = Distance: straight; barrier (round by crossings); road (along roads); given (by the table)
option-longest_distance = Longest way any pupil may be given, in metres
option-least_seat_use = Fewest pupils of every school, as a share of its seats
option-change = Metres that every pupil moved away from the existing scheme counts as
option-community = Metres that every pupil parted from its community counts as
option-compactness = Pupil-metres that every metre of border between catchments counts as
option-balance = Metres that every pupil outside the band of seat use counts as
option-no_districts = Plan catchments only
option-tables_only = Write tables, evaluation and manifest only: no layers, maps, charts and report
option-exact = Solve the membership of districts exactly, with HiGHS
option-preset = Rules of a policy: pubei
option-members = Fewest and most members of a district beside its lead, such as 1-3
option-districts = Number of districts
option-metres_per_point = Metres that a point counts by which the strength of a district is above or below the mean
option-assignment = Assignment to measure (columns block_id, school_id, stage)
option-file = Table to read (CSV, GeoJSON, Shapefile)
option-year = Judge rows of this year and rows without a year
option-help = Show help
option-version = Show the version
option-subcommand = Command
option-command = Command

usage-hint = See xuequ --help
usage-unknown-option = there is no option { $option }
usage-unknown-option-near = there is no option { $option }; did you mean { $suggestion }?
usage-unknown-command = there is no command “{ $command }”
usage-unknown-command-near = there is no command “{ $command }”; did you mean { $suggestion }?
usage-value = “{ $value }” cannot be used for { $option }
usage-value-of = “{ $value }” cannot be used for { $option }; possible: { $valid }
usage-value-missing = { $option } needs a value
usage-option-missing = missing: { $option }
usage-conflict = { $option } cannot go with { $other }
usage-other = wrong usage { $option }

step-read = Reading and checking
step-catchments = Planning catchments ({ $stage })
progress-value = { $value } pupil-km
progress-gap = at most { $gap } % above the best
step-districts = Grouping districts
step-measure = Measuring
step-write = Writing

error-no-input = no input: name a project folder, or files with --schools and --blocks
error-input = { $count ->
    [one] one error stands against planning; mend it as said above and try again
   *[other] { $count } errors stand against planning; mend them as said above and try again
}
error-file-missing = { $file }: no such file. Check the path
error-file-forbidden = { $file }: reading is not permitted
error-file-unreadable = { $file }: cannot be read ({ $detail })
error-file-malformed = { $file }: malformed ({ $detail })
error-file-format = { $file }: unknown kind of file. Possible: .csv, .tsv, .geojson, .shp; for roads also .osm.pbf
error-encoding-unknown = { $file }: there is no encoding “{ $label }”. Possible: UTF-8, GBK, GB18030, Big5
error-settings = { $file } line { $line } column { $column }: { $detail }
error-settings-near = { $file } line { $line } column { $column }: { $detail } — did you mean { $suggestion }?
error-not-a-folder = { $path } is not a folder; init looks at a folder of files, or at those named with --schools, --blocks …
error-setting-senseless = { $file } line { $line }: { $key } must be { $needs }
needs-above-zero = a number above 0
needs-not-negative = a number not below 0
needs-share = a number between 0 and 1
needs-order-of-counts = two counts, the first at least 1 and not above the second
needs-order = two numbers not below 0, the first not above the second
error-output-exists = { $path } exists; add --overwrite to replace it
error-output-write = cannot write { $path }: { $detail }
error-output-is-input = { $path } is the table that is read; write to another file
error-table = { $count ->
    [one] one error in the table, so nothing was judged; mend it as said above and try again
   *[other] { $count } errors in the table, so nothing was judged; mend them as said above and try again
}
error-table-more = … and { $count } more
error-table-empty = { $file }: the table has no row to judge
error-column-option = --column { $option }: write LAYER.ROLE=NAME, such as blocks.pupils=students
error-nothing-to-evaluate = nothing to measure: give an assignment with --assignment or --existing
error-verify-output = output { $file } cannot be read: { $detail }
error-verify-input = input { $file } not found; say with --project in which folder it is

demo-written = A fictional county was written to { $folder }
demo-next = Map: { $map }
    Report: { $report }
    Next: xuequ check { $folder } · xuequ verify { $folder }/out
init-guess = { $file }: taken as { $layer }, { $rows } rows; { $columns }
init-unused = { $file }: { $rows } rows, not recognised, not used
init-written = Wrote { $file }
init-next = Check: { $errors } errors, { $warnings } warnings. See xuequ check
check-no-findings = Nothing to report
check-summary = { $schools } schools, { $blocks } blocks: { $errors } errors, { $warnings } warnings, { $notes } notes
map-written = Drew { $schools } schools to { $file }
table-written = Wrote { $file }

settings-head = Settings of a xuequ project. Lines with # are comments; file names are relative to this file.
settings-project = The project
settings-project-name = Name of the county
settings-project-year = School year
settings-project-seed = Seed: same input, settings and seed give the same result
settings-project-language = Language of outputs: zh-CN or en
settings-project-crs = Coordinate system of layers that carry none: an EPSG code, a PROJ definition, or local (planar metres)
settings-schools = Schools
settings-schools-file = File; several as ["primary.csv", "junior.csv"]
settings-schools-crs = Coordinate system, where the file carries none
settings-schools-encoding = Text encoding, where it is not recognised
settings-schools-columns = Columns: role = "name". Roles: id, name, stage, capacity, capacity_primary, capacity_junior, longitude, latitude, x, y …
settings-schools-seats_from_existing = For schools without seats: this multiple of their pupils in the existing scheme
settings-schools-aliases = Other spellings of school names: "spelling" = "name in the table of schools"
settings-blocks = Blocks
settings-blocks-file = File
settings-blocks-crs = Coordinate system, where the file carries none
settings-blocks-encoding = Text encoding, where it is not recognised
settings-blocks-columns = Columns: roles are id, name, pupils, pupils_primary, pupils_junior, town, existing …
settings-blocks-fractional_pupils = Pupils that are not whole numbers: refuse or round
settings-adjacency = Neighbour pairs (used as they stand, instead of shared borders)
settings-adjacency-file = File; columns block_a, block_b
settings-existing = Existing scheme
settings-existing-file = File; columns block, school, stage
settings-locks = Locks
settings-locks-file = File; columns kind (block, together, apart, forbidden, lead, member), what, to, stage, reason, author
settings-barriers = Barriers: rivers, railways, trunk roads
settings-barriers-file = File (lines)
settings-crossings = Crossings: bridges, underpasses
settings-crossings-file = File (points)
settings-roads = Roads people walk on
settings-roads-file = File: OpenStreetMap extract (.osm.pbf), or lines
settings-distances = Given distances
settings-distances-file = File: rows block, school, metres or minutes; or a row a block and a column a school
settings-distances-unit = Unit: metres, or minutes on foot
settings-distances-walking_speed_m_per_min = Metres walked in a minute: turns minutes into metres
settings-areas = Administrative areas
settings-areas-file = File (outlines)
settings-catchments = Catchments
settings-catchments-distance = Distance: straight; barrier (round by crossings); road (along roads); given (by the table)
settings-catchments-effort = Effort of the search: quick, standard, thorough
settings-catchments-time_limit = Time limit of the search in seconds
settings-catchments-longest_distance_m = Longest way any pupil may be given, in metres (blocks may have their own)
settings-catchments-least_seat_use = Fewest pupils of every school, as a share of its seats (schools may have their own number)
settings-catchments-change = Metres that every pupil moved away from the existing scheme counts as
settings-catchments-community = Metres that every pupil parted from its community counts as
settings-catchments-compactness = Pupil-metres that every metre of border between catchments counts as
settings-catchments-balance = Metres that every pupil outside the band of seat use counts as (the band: measure.seat_use)
settings-districts = Districts
settings-districts-near = Weight of nearness
settings-districts-size = Weight of right size
settings-districts-pair = Weight of pairing strong with weak
settings-districts-schools = Fewest and most schools in a district, the lead included
settings-districts-count = Number of districts per stage; chosen from the bounds where absent
settings-districts-lead_enrolment = Fewest pupils a lead must have
settings-districts-contiguous = Whether territories must hang together
settings-districts-metres_per_point = Metres that a point of strength above or below the mean counts; where set, the three weights do not count
settings-districts-helping = Districts in which town helps country; not told apart where absent
settings-districts-marked_lead = Whether only schools marked as strong may lead
settings-districts-mix = Weight of mixing town and country schools
settings-districts-across_stages = Whether xuequ group takes schools of all stages together
settings-strength = Weights of the four factors of strength (internal, never published)
settings-strength-conditions = School conditions
settings-strength-teachers = Teachers
settings-strength-management = Management
settings-strength-quality = Education quality
settings-measure = What the measures compare with
settings-measure-radius_primary_m = Service radius of primary schools in metres
settings-measure-radius_junior_m = Service radius of junior schools in metres
settings-measure-radius_all_m = Service radius where there are no stages, in metres
settings-measure-seat_use = Band of seat use that is neither empty nor tight
settings-map = The map
settings-map-title = Title; made of county and year where absent
settings-map-source = Source of the data
settings-map-date = Date
settings-map-maker = Maker
settings-outputs = Outputs
settings-outputs-tables_only = Whether only tables, evaluation and manifest are written, no layers, maps, charts and report
