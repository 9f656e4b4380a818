### Command line

command-xuequ = School districts planned: near, right-sized, strong paired with weak
command-demo = Write out a fictional county and plan it
command-init = Write a commented xuequ.toml from the files at hand
command-check = Check the input and list findings
command-plan = Plan catchments and districts, and write the output folder
command-group = Group schools into districts without catchments
command-verify = Re-check an output folder from files alone
command-evaluate = Measure the existing or a hand-drawn assignment
command-export = Write an output folder, or any layer or table, in another format
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
option-crs = Coordinate system of layers that carry none: EPSG:4490, EPSG:4545, GCJ-02, BD-09, local …
option-encoding = Text encoding: GBK, UTF-8 …
option-column = Name a column: blocks.pupils=students; may be repeated
option-county = Name of the county
option-seats_from_existing = For schools without seats: this multiple of their pupils in the existing scheme, such as 1.05
option-folder = Folder
option-seed = Seed of all random choices
option-fix = Write a mended copy of the outlines and the list of every change into --out
option-overwrite = Replace an existing output
option-out = Folder or file to write
option-report = Folder to write the findings to: a page (HTML), a table (CSV) and a layer of places (GeoJSON)
option-explain = Say what a code of findings means and what to do, such as seats-missing
option-inputs = An output folder, or layers and tables in any format that is read
option-format = Format: shapefile, geopackage, flatgeobuf, geoparquet, geojson, xlsx, csv; may be repeated
option-written_crs = Coordinate system to write in: EPSG:4326, EPSG:4490, or a zone of CGCS2000, EPSG:4491 to EPSG:4554 (default: that of each layer)
option-written_encoding = Text encoding of Shapefiles: UTF-8 (default) or GBK
option-input_encoding = Text encoding of what is read, where it is not recognised
option-time_limit = Time limit of the search in seconds
option-effort = Effort of the search: quick, standard or thorough
option-distance = Distance: straight; barrier (round by crossings); road (along roads); given (by the table)
option-longest_distance = Longest way any pupil may be given, in metres
option-least_seat_use = Fewest pupils of every school, as a share of its seats
option-change = Metres that every pupil moved away from the existing scheme counts as
option-community = Metres that every pupil parted from its community counts as
option-compactness = Pupil-metres that every metre of border between catchments counts as
option-balance = Metres that every pupil outside the band of seat use counts as
option-within_districts = After grouping, plan catchments anew within the lines that districts have by the existing scheme
option-no_districts = Plan catchments only
option-tables_only = Write tables, evaluation and manifest only: no layers, maps, charts and report
option-exact = Solve the membership of districts exactly, with HiGHS
option-preset = Take the rules of a document: nanchang, liucheng, suzhou, ankang, pubei
option-frontier = Make groupings to choose between, each the best in its way (the bend is written)
option-pick = Which of them is written
option-pilot = Only the districts of the first year, in the counties that begin
option-proposals = Catchments as an authority proposes them (outlines; may be repeated): looked through for overlaps and gaps
option-groups = Table of groups as they are or are proposed: nothing is grouped then, and the rules are judged one by one
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
error-pilot = --pilot needs a first year and counties that begin: use --preset nanchang, or give start_year and pilot_counties in [policy]
error-pick = there is no grouping { $number }: there are { $count }
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
step-survey = Joining borders, finding neighbours
step-mend = Mending outlines
step-catchments = Planning catchments ({ $stage })
progress-value = { $value } pupil-km
progress-gap = at most { $gap } % above the best
step-districts = Grouping districts
step-measure = Measuring
step-verify = second opinion
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
error-file-cut = { $file }: the file is cut off, its end is missing; copy or export it again
error-file-damaged = { $file }: the file is damaged inside; copy or export it again
error-file-json = { $file }: line { $line }, column { $column } is not written as JSON must be; export it again, or mend it there
error-file-xml = { $file }: line { $line } is not written as XML must be; export it again, or mend it there
error-file-refused = { $file }: { $reason }
reason-utf-32 = the text is UTF-32, which is not read. Save it as UTF-8
reason-quote-open = a quote is opened in row { $row } and never closed. Close it, or remove it
reason-table-empty = the table is empty. Its first row must name the columns
reason-rows-misshapen = more than { $count } { $count ->
        [one] row has
       *[other] rows have
    } not the { $columns } { $columns ->
        [one] cell
       *[other] cells
    } of the header. Is the first row the header, and does one and the same mark part the cells?
reason-cells = { $rows } { $rows ->
        [one] feature
       *[other] features
    } with { $columns } different properties come to more cells than a file of this size may have. Export only the properties that are needed
reason-shape-rows = { $shapes } { $shapes ->
        [one] shape
       *[other] shapes
    } but { $rows } { $rows ->
        [one] row
       *[other] rows
    } of attributes: .shp and .dbf do not belong together. Copy or export both again
reason-dbf-short = the attribute table has only { $bytes } { $bytes ->
        [one] byte
       *[other] bytes
    }, less than a header. Copy or export it again
reason-dbf-7 = the attribute table is dBASE 7, which Shapefiles do not use. Export it as dBASE III or IV
reason-dbf-header = the attribute table says that its header has { $header } { $header ->
        [one] byte
       *[other] bytes
    } and a row { $record }, in a file of { $bytes }. Copy or export it again
reason-dbf-field = field { $field } of the attribute table ends beyond its rows of { $record } { $record ->
        [one] byte
       *[other] bytes
    }. Export it again
error-file-format = { $file }: unknown kind of file. Possible: .csv, .tsv, .xlsx, .xls, .geojson, .shp, .zip, .gpkg, .kml, .kmz, .fgb, .parquet, .gz; for roads also .osm.pbf
refused-no-file = this is a device or a pipe, not a file; for a pipe give - and send it to the standard input
refused-stream = the standard input holds more than { $most } GB; save it in a file and name that
refused-settings-size = a settings file is never larger than { $most } MB; this is something else
reason-half-position = feature { $feature } has a position with one number, where two are due. Correct it, or export the layer again
refused-shapefile-part = this is one part of a Shapefile; name the .shp beside it
refused-empty-file = the file is empty: 0 bytes; copy or export it again
refused-nulls = the file holds nothing but null bytes, as broken copies do; copy or export it again
refused-topojson = this is TopoJSON, which is not read; convert it: ogr2ogr layer.geojson FILE
refused-esri-json = this is Esri JSON, which is not read; export GeoJSON (f=geojson), or convert it: ogr2ogr layer.geojson FILE
refused-mapinfo = this is a layer of MapInfo, which is not read; convert it: ogr2ogr layer.shp FILE
refused-json-list = this is a JSON list; GeoJSON begins with a FeatureCollection
refused-pdf = this is a PDF, which holds no table; export the table as .xlsx or .csv
refused-word = this is a text document, not a workbook; copy its table into a workbook and save it as .xlsx
refused-archive = this archive cannot be opened here; unpack it, or pack it as .zip
refused-html = this is a web page, whatever its name says, as some systems export tables; open it in Excel or WPS and save it as .xlsx
refused-xml-workbook = this is a workbook in the XML of 2003; open it in Excel or WPS and save it as .xlsx
refused-xml = this is XML, but not KML
refused-other-workbook = this workbook is neither .xlsx nor .xls; open it in Excel or WPS and save it as .xlsx
refused-password = this file is locked with a password; save it without one
refused-too-large = this file unpacks to more than any table holds; it is damaged, or made to fill the memory
refused-empty-archive = no table is in this archive: no .shp, .csv, .xlsx, .geojson, .gpkg, .kml, .fgb or .parquet
refused-empty-sheet = there is no table in the sheet { $sheet }
refused-no-parts = { $format } has no parts, so there is no “{ $part }” in it; name the file alone
refused-no-such-part = there is no “{ $part }” in it. There are: { $known }
refused-geopackage = this build reads and writes no GeoPackage. Build it with --features geopackage (needs a C compiler), or convert: ogr2ogr layer.fgb FILE.gpkg LAYER
refused-sqlite = this is an SQLite file, but no GeoPackage
refused-zstd = its columns are packed with zstd, which cannot be unpacked here; write it again with snappy or gzip
refused-geometry-encoding = its shapes are encoded as { $encoding }; only WKB is read
error-export-geopackage = this build writes no GeoPackage. Build it with --features geopackage (needs a C compiler), or write flatgeobuf and convert: ogr2ogr layers.gpkg layer.fgb
error-export-crs = “{ $crs }” is no coordinate system to write in. Possible: EPSG:4326, EPSG:4490, and the zones of CGCS2000, EPSG:4491 to EPSG:4554
error-export-encoding = “{ $label }” is no encoding to write in. Possible: UTF-8, GBK
error-export-nothing = { $path }: nothing in it can be written as { $format }
error-export-folder = { $path } is not an output folder: it has no manifest.json. Name a folder that plan or group wrote, or a single layer
error-export-into = { $path } holds a plan or a grouping; write to another folder
export-library = cannot be written ({ $detail })
export-crs-unknown = it does not say what its coordinates are in, so they cannot be converted; state the system in the file (a .prj, a crs member), or leave out --crs
export-place = row { $row } lies where no place can be ({ $detail }); put its coordinates right
export-crs-undescribed = { $crs } cannot be described in this format; convert with --crs EPSG:4326, or a zone of CGCS2000 such as --crs EPSG:4545
export-shape-kind = row { $row } has a { $found }, which is not written; points, lines and outlines are
export-shape-missing = row { $row } has no shape, and this format needs one for every row of points; use geopackage or shapefile
export-no-shapes = there are no shapes in it; tables are written as xlsx, csv, geopackage or geoparquet
export-sheet-full = it has more rows or columns than a sheet; use csv
export-cell-long = row { $row }, column “{ $column }”: the text is longer than a cell of a sheet; use csv
export-too-many-fields = it has more columns than a Shapefile; use geopackage
export-shapefile-full = it is larger than a Shapefile can be; use geopackage or flatgeobuf
export-not-in-gbk = row { $row }, column “{ $column }”: “{ $cell }” has a character that GBK lacks; write it in UTF-8
error-encoding-unknown = { $file }: there is no encoding “{ $label }”. Possible: UTF-8, GBK, GB18030, Big5
error-table-as-settings = { $file } is a table, not settings: name it with --{ $layer } { $file }, or let xuequ init { $folder } look at its folder
error-table-as-settings-open = { $file } is a table, not settings: name it with --schools or --blocks, or let xuequ init { $folder } look at its folder
error-settings = { $file } line { $line } column { $column }: { $what }
    { $text }
    { $mark }
error-settings-more = { $first }
    { $rest }
error-settings-encoding = { $file } is not UTF-8; it looks like { $encoding }. Save it as UTF-8 (in an editor: Save as, encoding UTF-8)
settings-fault-key = there is no key “{ $key }” in [{ $section }]{ $nearest }
settings-fault-section = there is no section [{ $section }]; there are: { $known }{ $nearest }
settings-fault-outside = the key “{ $key }” stands in no section{ $home }
settings-fault-no-section = “{ $key }” is a section{ $home }: write [{ $key }] on a line of its own, and keys below it
settings-fault-role = a column cannot be “{ $role }”{ $nearest }
settings-fault-crs = the coordinate system “{ $crs }” cannot be used: { $why }
settings-fault-encoding = there is no encoding “{ $label }”; possible: UTF-8, GBK, GB18030, Big5
settings-fault-bytes = line { $line } holds bytes that are no text; remove them, and save the file as UTF-8
settings-fault-choice = “{ $value }” is no { $key }; possible: { $known }{ $nearest }
settings-fault-type = { $key } cannot be { $found }; write it like { $example }
settings-fault-senseless = { $key } must be { $needs }
settings-fault-wide = { $wide } is a mark of a Chinese keyboard; write { $plain }
settings-fault-path = a backslash in double quotes begins a special character; write / in paths, or put them in single quotes
settings-fault-quotes = texts must stand in quotes: "…"
settings-fault-unclosed = the quotes are not closed on this line
settings-fault-twice = “{ $key }” stands twice; remove one of the two
settings-fault-other = { $detail }
value-kind-text = the text { $value }
value-kind-number = the number { $value }
value-kind-boolean = { $value }
value-kind-date = the date { $value }
value-kind-list = a list
value-kind-table = a table in braces or a section
clause-belongs = ; it belongs in { $value }
error-not-a-folder = { $path } is not a folder; init looks at a folder of files, or at those named with --schools, --blocks …
needs-ascending-years = years in ascending order, each once
needs-above-zero = a number above 0
needs-not-negative = a number not below 0
needs-share = a number between 0 and 1
needs-order-of-counts = two counts, the first at least 1 and not above the second
needs-order = two numbers not below 0, the first not above the second
error-nothing-to-mend = there are no outlines to mend, so nothing was written to { $path }
error-output-exists = { $path } exists; add --overwrite to replace it
error-output-is-plan = { $path } holds a plan; write the findings to another folder
error-code-unknown = there is no finding “{ $code }”{ $nearest }
error-output-below-file = cannot write { $path }: { $file } is a file, not a folder; name another place
error-output-write = cannot write { $path }: { $detail }
error-output-is-input = { $path } is the table that is read; write to another file
error-table = { $count ->
    [one] one error in the table, so nothing was judged; mend it as said above and try again
   *[other] { $count } errors in the table, so nothing was judged; mend them as said above and try again
}
error-table-more = … and { $count } more
error-table-empty = { $file }: the table has no row to judge
error-column-role = --column { $option }: a column cannot be “{ $role }”{ $nearest }
error-column-option = --column { $option }: write LAYER.ROLE=NAME, such as blocks.pupils=students
error-nothing-to-evaluate = nothing to measure: give an assignment with --assignment or --existing
error-verify-output = output { $file } cannot be read: { $detail }
error-verify-input = input { $file } not found; say with --project in which folder it is

demo-written = A fictional county was written to { $folder }
demo-next = Map: { $map }
    Report: { $report }
    Next: xuequ check { $folder } · xuequ verify { $folder }/out
init-guess = { $file }: taken as { $name }, { $rows } { $rows ->
        [one] row
       *[other] rows
    }; { $columns }
layer-schools = schools
layer-blocks = blocks
layer-adjacency = adjacency
layer-existing = existing
layer-locks = locks
layer-barriers = barriers
layer-crossings = crossings
layer-roads = roads
layer-distances = distances
layer-areas = areas
layer-groups = groups
init-unused = { $file }: { $rows } { $rows ->
        [one] row
       *[other] rows
    }, not recognised, not used; columns: { $columns }
init-why-told = {"    "}because the command line says so
init-why-nothing = nothing fits
init-why-columns = {"    "}because of its columns { $columns }
init-why-roads = {"    "}because it has lines that are named or classed as roads
init-why-lines = {"    "}because it has lines
init-why-matrix = {"    "}because of its name, and because it holds nothing but numbers
init-why-name = {"    "}because of its name
init-why-outlines = {"    "}because it has outlines without pupils
init-why-points = {"    "}because it has points without seats, pupils or stages
init-also = {"    "}it could be { $name } as well: if so, move it there in xuequ.toml
init-alternative = {"    "}{ $role } could also be “{ $other }” instead of “{ $taken }”: the settings say which
init-columns-unused = {"    "}not used: { $columns }{ $count ->
    [one] {""}
   *[other] {" "}({ $count })
}
init-system = {"    "}coordinates: { $crs }
init-open = { $name } may be one of { $files }: none of them was taken; name it in xuequ.toml, or with --{ $layer }
init-joined = { $name }: { $files } are read together
init-missing = No file was recognised as { $name }: name it in xuequ.toml, or with --{ $layer }
init-nothing = nothing in { $path } was recognised, and nothing was written; wanted are tables or layers of schools and blocks (CSV, GeoJSON, Shapefile). Name them with --schools and --blocks
init-written = Wrote { $file }
init-next = Check: { $errors } { $errors ->
        [one] error
       *[other] errors
    }, { $warnings } { $warnings ->
        [one] warning
       *[other] warnings
    }. See xuequ check { $folder }
check-no-findings = Nothing to report
check-written = Findings written to { $folder }; open { $page } in a browser
check-next = What a code means: xuequ check --explain { $code } · as a page with maps: xuequ check … -o findings
check-mended = Mended copy: { $files }; { $changed } { $changed ->
        [one] row
       *[other] rows
    } changed, { $area } m² in all; every change is listed in { $list }
check-not-mended = { $unmended } { $unmended ->
        [one] row
       *[other] rows
    } could not be mended, and nothing was changed there; { $left_out } { $left_out ->
        [one] row
       *[other] rows
    } without an outline are not in the copy; both are listed
change-left-out = a { $kind } where an outline is due: not in the copy
change-no-shape = there is no shape: not in the copy
change-no-ground = no ground is left: not in the copy
change-not-mended = all its ground is that of “{ $other }”: left as it was; decide which of the two is right
change-line = a closed line was taken for the outline
change-collection = the outline was taken out of a collection of shapes
change-closed = a ring was closed by a straight line
change-ceded = ground that “{ $other }” covers as well went to that one, the smaller
change-gap-taken = a sliver between borders was added
change-put-in-order = put in order: { $faults }
change-joined = vertices were joined with those of neighbours, so that the borders meet
check-summary = { $schools } { $schools ->
        [one] school
       *[other] schools
    }, { $blocks } { $blocks ->
        [one] block
       *[other] blocks
    }: { $errors } { $errors ->
        [one] error
       *[other] errors
    }, { $warnings } { $warnings ->
        [one] warning
       *[other] warnings
    }, { $notes } { $notes ->
        [one] note
       *[other] notes
    }
map-written = Drew { $schools } { $schools ->
        [one] school
       *[other] schools
    } to { $file }
export-written = { $count ->
    [one] Wrote one file to { $folder }
   *[other] Wrote { $count } files to { $folder }
}
table-written = Wrote { $file }

settings-head = Settings of a xuequ project. Lines with # are comments; file names are relative to this file.
settings-project = The project
settings-project-name = Name of the county
settings-project-year = School year
settings-project-author = Who makes the scheme: kept in the manifest, never public
settings-project-seed = Seed: same input, settings and seed give the same result
settings-project-language = Language of outputs: zh-CN or en
settings-project-crs = Coordinate system of layers that carry none: an EPSG code, GCJ-02, BD-09, a PROJ definition, or local (planar metres)
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
settings-proposals = Catchments as several authorities propose them (looked through for overlaps and gaps)
settings-proposals-file = File (outlines; columns authority, stage)
settings-groups = Districts or groups as they are or are proposed, to be judged
settings-groups-file = File; columns group, school, role, mode, governance, year
settings-targets = Targets with what has been reached, told in the report of a grouping
settings-targets-file = File; columns indicator, comparison, target, value, year, owner, unit
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
settings-catchments-within_districts = Whether blocks only go to schools of the district of the school they have today
settings-policy = Rules of a government’s document
settings-policy-preset = The document: nanchang, liucheng, suzhou, ankang, pubei; what this section and [districts] do not say is as it stands there
settings-policy-within_county = Whether no district may cross a county line
settings-policy-same_level = Whether schools are grouped with those of their own level only (nine-year schools with primary schools)
settings-policy-same_authority = Whether schools are grouped with those under authorities of their own level only (city, county)
settings-policy-stage = The only stage that is grouped, primary or junior; all where absent
settings-policy-everyone = Whether every school is in a district
settings-policy-unified_admission = Whether the schools of a district that serve a stage share one catchment; for plans with groups that are given
settings-policy-pairs = Whether only leads, schools locked to them and partners are grouped
settings-policy-remote_m = Metres beyond which a pair is remote
settings-policy-lead_optional = Whether districts may do without a lead (leading by turns)
settings-policy-head_years = Years for which a head of a district holds office
settings-policy-across_counties = Whether groups that begin year by year may be planned across counties
settings-policy-governance = Who steers districts that have a lead: committee, council, rotating
settings-policy-modes = Modes there are; the first where nothing else is known
settings-policy-pilot_counties = Counties that begin in the first year
settings-policy-pilot_districts = Fewest and most districts of such a county in that year
settings-policy-start_year = The first year
settings-policy-centre_schools = Fewest and most schools of groups led from the centre, the lead included
settings-policy-with_central_school = Whether teaching points follow the central school of their town, beyond the bounds of size
settings-policy-small_school = Fewest pupils of a primary school that does not go with the central school of its town
settings-policy-new_schools = Whether every new public school must be in a group
settings-policy-new_since = where the table does not say which schools are new, those that opened in this year or later are
settings-policy-weak_in_centre = Whether every weak school of the centre must have a strong lead
settings-policy-coverage = The share of schools that must be in a group, 0 to 1
settings-policy-coverage_goal = The share that should be
settings-policy-groups = Groups there must be in all
settings-policy-groups_before = Groups there were before
settings-policy-count_before = Whether those count
settings-policy-phases = Year by year: the year, new groups, coverage of each county, groups of the centre among them
settings-policy-integrated_share = The share of groups that are integrated or in trust
settings-policy-exchange = The share of teachers who change schools each year, and of backbone teachers among them
settings-policy-staff_advice = Advice: the largest share of managers a lead sends (only_crossing: asked only of integrated groups and those in trust that cross levels or counties), least share of pay by performance, years at the lead first
settings-policy-national_standard = Whether schools and the spread between them are judged by the national standard of balanced education
settings-districts = Districts
settings-districts-near = Weight of nearness
settings-districts-size = Weight of right size
settings-districts-pair = Weight of pairing strong with weak
settings-districts-schools = Fewest and most schools in a district, the lead included
settings-districts-count = Number of districts per stage; chosen from the bounds where absent
settings-districts-lead_enrolment = Fewest pupils a lead must have
settings-districts-contiguous = Whether territories must hang together
settings-districts-waivers = Districts whose territory may fall apart: id, name or lead = reason
settings-districts-metres_per_point = Metres that a point of strength above or below the mean counts; where set, the three weights do not count
settings-districts-helping = Districts in which town helps country; not told apart where absent
settings-districts-pupils = Fewest and most pupils in a district; without bounds where absent
settings-districts-marked_lead = Whether only schools marked as strong may lead
settings-districts-mix = Weight of mixing town and country schools
settings-districts-far = How many metres each metre counts on top by which a way to the lead is much longer than that to the nearest
settings-districts-across_stages = Whether xuequ group takes schools of all stages together
settings-strength = Weights of the four factors of strength (internal, never published)
settings-strength-conditions = School conditions
settings-strength-teachers = Teachers
settings-strength-management = Management
settings-strength-quality = Education quality
settings-strength-growth = The part of growth in the index, 0 to 1; the rest is the four above
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
settings-publish = Publication
settings-publish-office = The office that publishes
settings-publish-basis = Laws and documents it rests on, one each
settings-publish-from = First day for comments
settings-publish-until = Last day for comments
settings-publish-short_because = Why comments are taken for fewer than 30 days
settings-publish-email = Mail for comments
settings-publish-phone = Telephone
settings-publish-address = Address for letters
settings-publish-comment_url = Web page for comments
settings-publish-map_approval = Review number of the map, or the ground on which it needs none
settings-publish-paper = paper of the maps: a3, a4 (as the ground lies, or with -landscape, -portrait), phone; several may be given
settings-publish-formats = formats of the maps: svg, pdf, png
settings-publish-font = font file for PDF and PNG; without it a built-in bitmap face is used
settings-publish-version = Version of the scheme
settings-publish-agreed = The day on which the joint meeting agreed; without it nothing is published as adopted (--adopted)
settings-publish-issued = Day on which the office signs
settings-publish-applies = Whom it is for: year of entry, grades
settings-publish-transition = What holds for those who are at a school already
settings-publish-words = Forms catchments are told in: limits, communities, numbers, feeders, compounds; those the data allow, but for feeders, where absent
settings-outputs = Outputs
settings-outputs-tables_only = Whether only tables, evaluation and manifest are written, no layers, maps, charts and report
command-publish = Write the bundle for public comment of an output folder
option-public = Only what may be public
option-adopted = Adopted: without “draft for comment”
option-paper = Paper of the maps: a3, a4, a3-portrait, phone …
option-formats = Formats of the maps: svg, pdf, png
option-font = Font file for PDF, PNG and text as paths
option-text_as_paths = Text in SVG is drawn as paths
option-by = Part by the values of a column: a sheet for each in XLSX, a file for each in CSV; its name, or what it holds, as superior
error-export-by-format = --by goes with xlsx and csv, not with { $format }
error-export-by-column = { $file } has no column “{ $column }”; it has: { $columns }
command-targets-check = The same as xuequ targets: which targets are met, and by how much the others are missed
