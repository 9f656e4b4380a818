### Findings of a check

finding-more = … and { $count } more; xuequ check --json lists them all
clause-did-you-mean = . Did you mean “{ $value }”?
clause-likely-system = ; by the numbers it may be { $value }
clause-example = : { $value }
clause-header = {" "}below its header ({ $value })
clause-candidates = ; perhaps { $value }
clause-seats-from-existing = ; or let today’s pupils give the seats: --seats-from-existing { $value }
clause-several = : several have this name; write the id ({ $value } …)
clause-other-names = , there called { $value }
findings-title = Findings in the input
findings-title-of = Findings in the input: { $county }
findings-overview = Where the findings are
findings-unlisted = findings that are only in the table
findings-codes = All codes
findings-search = Search: name, file, words
findings-capped = The first { $shown } of { $count } are on this page; findings.csv has all of them
findings-row = row { $row }
findings-files = Beside this page: findings.csv has every finding, for spreadsheets; findings.geojson has their places, for QGIS and other GIS programs. Numbers are the same in all three. The input files were not changed.
finding-line = [{ $code }] { $what } → { $remedy }
finding-line-at = { $place } [{ $code }] { $what } → { $remedy }

finding-encoding-guessed = the text was recognised as { $encoding }, for example: { $sample }
finding-encoding-guessed-remedy = if it reads wrong, say --encoding
finding-encoding-doubtful = the text encoding is not stated, and by the bytes it may be { $encoding } or another; read so it says: { $sample }
finding-encoding-doubtful-remedy = if it reads wrong, say --encoding (gbk, big5, shift_jis, euc-jp, windows-1252 …); best is to save the file as UTF-8
finding-encoding-unsupported = the file states code page { $stated }, which is not supported; read as { $encoding } it says: { $sample }
finding-encoding-unsupported-remedy = save the file as UTF-8
finding-encoding-contradicted = the text is stated to be { $stated }, but its bytes are not; it was read as { $encoding }, for example: { $sample }
finding-encoding-contradicted-remedy = if it reads right, correct the .cpg file; if not, say --encoding
finding-encoding-broken = some text is not { $encoding }; the first stands in row { $row }: { $text }
finding-encoding-broken-remedy = say the right --encoding, or export the file again
finding-text-cut = { $count ->
    [one] a text ends in the middle of a character, which was left out (row, column): { $place }, “{ $text }”
   *[other] { $count } texts end in the middle of a character, which was left out; the first (row, column): { $place }, “{ $text }”
}
finding-text-cut-remedy = their fields are too short for them; export the table with longer fields, or as CSV
finding-text-marks = { $count ->
    [one] the mark of a spreadsheet (="…" or ') was taken off a cell
   *[other] marks of a spreadsheet (="…" or ') were taken off { $count } cells
}
finding-text-marks-remedy = nothing to do
finding-column-unread = columns that are not read, as they hold memos, pictures or the like, or no bytes at all: { $columns }
finding-column-unread-remedy = if one of them is needed, export it as text
finding-rows-deleted = { $count ->
    [one] a row is marked as deleted and was left out; row numbers below it count without it
   *[other] { $count } rows are marked as deleted and were left out, this one first; row numbers below them count without them
}
finding-rows-deleted-remedy = if they belong to the table, export it again; if not, nothing
finding-rows-uncounted = the table says that it has { $said } { $said ->
        [one] row
       *[other] rows
    }, and holds { $held }
finding-rows-uncounted-remedy = the file was cut off, or not finished; copy or export it again
finding-format-differs = its name says { $named }, its content is { $found }; it was read as { $found }
finding-format-differs-remedy = nothing to do; a right name spares the question
finding-part-chosen = “{ $part }” was read; there are also { $others }
finding-part-chosen-remedy = if another is meant, name it behind the file: { $base }#NAME
finding-title-above = the header is in this row; above it stands: { $titles }
finding-title-above-remedy = nothing to do, if the header is right
finding-rows-below = { $rows ->
    [one] one row at the end was left out as sum or remark: { $example }
   *[other] { $rows } rows at the end were left out as sums and remarks, the first: { $example }
}
finding-rows-below-remedy = nothing to do, if they are no schools or blocks
finding-cells-merged = { $cells ->
    [one] text in cells merged over rows was put into one further cell
   *[other] text in cells merged over rows was put into { $cells } further cells
}
finding-cells-merged-remedy = nothing to do; numbers in merged cells stay in the first row
finding-cell-error = { $cells ->
    [one] a formula in column “{ $column }” gives { $cell }; the cell was read as empty
   *[other] { $cells } formulas in column “{ $column }” fail, the first gives { $cell }; the cells were read as empty
}
finding-cell-error-remedy = mend the formula, or write the value
finding-digits-lost = { $cells ->
    [one] a number in column “{ $column }” has more digits than a spreadsheet keeps: { $cell }
   *[other] { $cells } numbers in column “{ $column }” have more digits than a spreadsheet keeps, the first: { $cell }
}
finding-digits-lost-remedy = digits beyond the fifteenth are lost; format the column as text and enter the ids again
finding-column-nested = columns that hold columns were left out: { $columns }
finding-column-nested-remedy = nothing to do, unless they are needed
finding-shapes-left-out = the shapes of this layer are not in the table
finding-shapes-left-out-remedy = write it as shapefile, geopackage, flatgeobuf or geoparquet to keep them
finding-crs-not-written = nobody stated its coordinate system, and it was written without one
finding-crs-not-written-remedy = nothing to do for plain planar metres; else state it in the input
finding-text-shortened = { $cells ->
    [one] one text is too long for the format, in column “{ $column }”; it was cut there and stands in full in { $to }
   *[other] { $cells } texts are too long for the format, the first in column “{ $column }”; they were cut there and stand in full in { $to }
}
finding-text-shortened-remedy = write it as geopackage, flatgeobuf or geoparquet, which hold text of any length
finding-column-recognised = recognised by name: { $columns }
finding-column-recognised-remedy = if wrong, name them with columns in the settings or with --column
finding-column-unused = columns that serve nothing: { $columns }
finding-column-unused-remedy = where one of them matters, say what it is with columns in the settings or with --column
finding-column-missing = there is no column for { $role } ({ $wanted }); columns: { $columns }
finding-column-missing-remedy = add it, or say which column it is with columns in the settings or --column{ $candidates }{ $otherwise }
finding-column-unknown = the settings name a column “{ $column }” that is not there; there are: { $columns }
finding-column-unknown-remedy = check the name{ $nearest }
finding-role-unknown = a column of this layer cannot be “{ $role }”
finding-role-unknown-remedy = correct what stands before the name of the column, in columns of the settings or in --column{ $nearest }
finding-column-repeated = several columns could be { $role }, and they differ: { $columns }
finding-column-repeated-remedy = remove or rename all but one, or say which one it is with columns in the settings or --column
finding-row-length = this row has { $cells } { $cells ->
        [one] cell
       *[other] cells
    }, the header { $columns }
finding-row-length-remedy = look at the commas and quotes of this row
finding-crs-unknown = the coordinate system is not known; coordinates such as { $example }
finding-crs-unknown-remedy = say it with --crs or crs in the settings{ $likely }; for plain planar metres say local
finding-crs-guessed = no coordinate system is stated; by the range of its numbers it was taken as { $crs }
finding-crs-guessed-remedy = if wrong, say it with --crs
finding-crs-unsupported = the coordinate system “{ $crs }” cannot be used: { $detail }
finding-crs-unsupported-remedy = use an EPSG code (EPSG:4490, EPSG:4545 …) or local; for coordinates of map apps GCJ-02 (Amap, Tencent) or BD-09 (Baidu)
crs-fault-local = it is a local system, and does not say where on the earth it lies; if all layers are in it, say local
crs-fault-google = this old code of map apps stands for EPSG:3857
crs-fault-unknown = no system has this code or name, and it is no definition of one
crs-fault-engine = its definition cannot be computed ({ $detail })
finding-crs-converted = coordinates were converted from { $from } to { $to }
finding-crs-converted-remedy = nothing to do
finding-crs-datum-shift = the datum of { $crs } is not that of WGS84 and CGCS2000, and the parameters between them are not public; without them places are off by up to some hundred metres
finding-crs-datum-shift-remedy = convert to CGCS2000 first, or add the three or seven parameters of your region: crs = "{ $said } +towgs84=dx,dy,dz,rx,ry,rz,s"; with +towgs84=0,0,0 places stay off
finding-crs-misfit = coordinates such as { $example } are not of the coordinate system { $crs } that is stated for them
finding-crs-misfit-remedy = state the right one with crs in the settings of this layer{ $likely }
finding-axes-swapped = the northing seems to stand before the easting: { $example } in { $crs }
finding-axes-swapped-remedy = add +axis=neu to the coordinate system: crs = "{ $crs } +axis=neu"; or exchange x and y under columns
finding-axes-exchanged = coordinates were read northing or latitude first, as the coordinate system asks
finding-axes-exchanged-remedy = nothing to do
finding-crs-mixed = this layer is in planar metres (local) and { $other } in coordinates on the earth; they cannot be mixed
finding-crs-mixed-remedy = state one kind of coordinate system for all layers
finding-place-missing = there are no coordinates
finding-place-missing-remedy = give longitude and latitude, or planar coordinates
finding-place-unreadable = “{ $cell }” in column { $column } is not a place
finding-place-unreadable-remedy = write longitude and latitude (109.55,22.27) or well-known text (POINT (109.55 22.27)), or put the two numbers into columns of their own
finding-place-impossible = the coordinates { $example } cannot be
finding-place-impossible-remedy = check this row and the coordinate system
finding-place-swapped = longitude and latitude look swapped{ $example }
finding-place-swapped-remedy = exchange the two numbers; where all rows are so, exchange longitude and latitude under columns, or add +axis=neu to crs
finding-place-repeated = { $which ->
    [all] all { $count }
   *[some] { $count }
} { $kind ->
    [schools] schools
   *[blocks] blocks
} have the very same coordinates: this one and { $others } …
finding-place-repeated-remedy = programs that look up addresses give one place to all they do not know; look up the real places
finding-place-coarse = coordinates have { $decimals } { $decimals ->
        [one] decimal
       *[other] decimals
    } of a degree at most: places may be off by { $metres } m
finding-place-coarse-remedy = export them again with five or six decimals
finding-shape-wrong-kind = the shape is a { $found } where a { $wanted } is due
finding-shape-wrong-kind-remedy = use another layer, or remove the feature; `check --fix` makes outlines of closed lines
finding-shape-from-collection = { $count } { $count ->
        [one] row holds
       *[other] rows hold
    } a collection of shapes; the usable ones in it were taken
finding-shape-from-collection-remedy = nothing to do, unless something is missing on the map
finding-shape-heights = heights or measures (Z, M) of { $count } { $count ->
        [one] row
       *[other] rows
    } were left out
finding-shape-heights-remedy = nothing to do
finding-number-unreadable = “{ $cell }” in column { $column } is not a number that can be used
finding-number-unreadable-remedy = make it a number
finding-number-negative = “{ $cell }” in column { $column } is negative
finding-number-negative-remedy = make it the number there is, nought at the least
finding-number-large = “{ $cell }” in column { $column } is too large for a number of people or seats
finding-number-large-remedy = correct it; it may have slipped in from another column
finding-formula-uncalculated = { $count ->
    [one] one formula has no result; it is in row { $place }
   *[other] { $count } formulas have no result; the first is in row { $place }
}
finding-formula-uncalculated-remedy = open the file in Excel or WPS and save it; these calculate
finding-place-far = the coordinates { $example } lie { $kilometres } km from where most rows lie
finding-place-far-remedy = check this row: a sign, a digit, a decimal point, or another coordinate system
finding-place-zero = the coordinates are 0, 0: the address was not found when it was looked up
finding-place-zero-remedy = look the place up again, and write its coordinates in this row
finding-attributes-missing = this Shapefile has no table of attributes (.dbf) beside it, so its shapes have neither names nor numbers
finding-attributes-missing-remedy = put the .dbf of the same name beside it; where it is lost, export the layer again
finding-pupils-from-population = pupils were taken from column “{ $column }”, which by its name counts all residents
finding-pupils-from-population-remedy = if they are pupils, nothing; else name the column with --column blocks.pupils=NAME
finding-pupils-fractional = pupils “{ $cell }” are not a whole number
finding-pupils-fractional-remedy = make it whole, or set fractional_pupils = "round"
finding-address-unread = { $count } { $count ->
        [one] address
       *[other] addresses
    } could not be read, the first of them “{ $value }”
finding-address-unread-remedy = write them like “High Street 1-70 even; Mill Lane 5”; without that the words of a catchment name the compound instead of its numbers
finding-pupils-rounded = { $count } { $count ->
        [one] number of pupils was
       *[other] numbers of pupils were
    } rounded, as the settings ask
finding-pupils-rounded-remedy = nothing to do; totals may differ a little
finding-pupils-missing = there is no number of pupils in column { $column }
finding-pupils-missing-remedy = give it; 0 for none
finding-pupils-none = no block has any pupil
finding-pupils-none-remedy = check the column of pupils
finding-pupils-zero = { $count } { $count ->
        [one] block has
       *[other] blocks have
    } no pupils, and a place in catchments all the same
finding-pupils-zero-remedy = nothing to do
finding-pupils-enrolment = the blocks have { $pupils } { $pupils ->
        [one] pupil
       *[other] pupils
    } of stage { $stage }, { $percent } % of the { $enrolled } enrolled in its schools today
finding-pupils-enrolment-remedy = check the columns of both: they may count one grade, all residents, or another year
finding-community-by-town = { $count ->
    [one] one name of a community occurs
   *[other] { $count } names of communities occur
} in several towns ({ $names }); those of different towns count as different communities
finding-community-by-town-remedy = if they are one community, give its blocks the same town
finding-community-apart = the blocks of community “{ $community }” lie in { $parts } { $parts ->
        [one] place
       *[other] places
    }: { $count ->
    [one] this block
   *[other] this one and { $count } in all here
}, { $metres } m { $direction } of “{ $other }”
finding-community-apart-remedy = check the name of the community and the place of the block; where both are right, nothing to do
finding-town-near = the town “{ $town }” ({ $count } { $count ->
        [one] school
       *[other] schools
    }) is that of no block or area; “{ $other }” is spelt nearly so
finding-town-near-remedy = write the name alike in all files; where they are different towns, nothing to do
finding-id-duplicate = the id “{ $id }” occurs again, in { $count ->
        [one] row
       *[other] rows
    } { $rows }{ $names }
finding-id-duplicate-remedy = make ids unique, or remove the repetition
finding-id-alike = the id “{ $id }” looks like “{ $other }” of row { $row } and is another: it has full-width or invisible characters
finding-id-alike-remedy = if they are one, make them equal and remove the repetition; if not, give ids that can be told apart
finding-id-missing = there is no id
finding-id-missing-remedy = give one
finding-id-from-name = there is no column of ids; { $source ->
    [name] names
   *[row] row numbers
} serve as ids
finding-id-from-name-remedy = better add a column of stable ids
finding-feature-id-repeated = feature ids repeat and cannot serve as ids
finding-feature-id-repeated-remedy = add a column of ids
finding-name-duplicate = several schools have this name, also in { $count ->
        [one] row
       *[other] rows
    } { $rows }
finding-name-duplicate-remedy = make sure they are different schools; refer to them by id
finding-schools-none = { $why ->
    [empty] the file holds no rows{ $header }, so there are no schools
   *[missing] there are no schools
}
finding-schools-none-remedy = { $why ->
    [empty] export it again with its rows, or name another file with --schools
   *[missing] give them with --schools
}
finding-blocks-none = { $why ->
    [empty] the file holds no rows{ $header }, so there are no blocks
   *[missing] there are no blocks
}
finding-blocks-none-remedy = { $why ->
    [empty] export it again with its rows, or name another file with --blocks
   *[missing] give them with --blocks
}
finding-sites-apart = school { $id } has several sites: { $sites }; each has seats and a catchment of its own, and the id “{ $id }-SITE”
finding-sites-apart-remedy = nothing to do
finding-school-not-compulsory = school is not compulsory at “{ $cell }”: it is in no plan, and counts only where groups are judged
finding-school-not-compulsory-remedy = nothing to do
finding-school-special = “{ $cell }”: special schools are compulsory, but are not grouped or given catchments as primary or junior schools and do not count in coverage; groups that are given may have them
finding-school-special-remedy = nothing to do
finding-school-closed = the school closed in { $year }: it takes no part
finding-school-closed-remedy = remove the year if it is still open
finding-schools-new-by-year = the table of schools has no column “new”: { $count } { $count ->
    [one] school
   *[other] schools
} opened in { $year } or later { $count ->
    [one] counts
   *[other] count
} as new (setting policy.new_since)
finding-schools-new-by-year-remedy = if that is not what is meant, add the column “new”, or change the setting policy.new_since
finding-word-unknown = “{ $cell }” is no word for the column { $column }
finding-word-unknown-remedy = write one of: { $known }
finding-group-school-unknown = there is no school “{ $name }”{ $suggestion }
finding-group-school-unknown-remedy = write the name or id of the table of schools
finding-group-conflict = rows of group “{ $group }” give different modes, governance or years
finding-group-conflict-remedy = write the same in all its rows
finding-group-row-empty = { $missing ->
    [group] no group
   *[other] no school
} is named: the row counts for nothing
finding-group-row-empty-remedy = name it, or remove the row
finding-group-kinds = the table has { $districts } districts and { $groups } education groups: districts part the schools, each in one; groups lie over them, and a school may be in several. Catchments and exclaves are about districts only
finding-group-kinds-remedy = where one is taken for the other, say in a column kind which is a district and which a group
finding-group-kind-by-name = no column tells kinds; by their names { $count } are taken for education groups: { $groups }
finding-group-kind-by-name-remedy = where they are not, add a column kind
finding-group-core-untold = { $count } education groups name no core school: { $groups }
finding-group-core-untold-remedy = name it in the column role; where district and group stand in one row, in the column education_role
finding-mode-of-other-document = the mode “{ $mode }” in the table of schools is none of the document’s, and is not followed
finding-mode-of-other-document-remedy = write one of: { $known }; or nothing, and it follows from the schools
finding-superior-contradicts = the superior “{ $superior }” contradicts the ownership “{ $ownership }”; of such schools there are { $count }, whose approval and level follow from the ownership
finding-superior-contradicts-remedy = look at both, and correct one
finding-group-twice = group “{ $group }” has two leads, or a school twice
finding-group-twice-remedy = one lead for each group, and a row for each school
finding-stage-unknown = the stage “{ $cell }” is not a known one
finding-stage-unknown-remedy = write one of: primary, junior, nine-year, twelve-year, kindergarten, senior, vocational, special
finding-stage-doubtful = { $count ->
    [one] by its name this is a senior school; its type does not say so, and it was taken as a junior school
   *[other] { $count } schools, this one first, are senior schools by their names; their types do not say so, and they were taken as junior schools
}
finding-stage-doubtful-remedy = write senior in the column of types where a school has no junior pupils, junior where it has some
finding-stage-pupils-unclear = schools are primary and junior, but blocks have a single column of pupils
finding-stage-pupils-unclear-remedy = give pupils_primary and pupils_junior, or schools of one stage only
finding-stage-without-school = there are { $pupils } { $pupils ->
        [one] pupil
       *[other] pupils
    } of stage { $stage } and no school for them
finding-stage-without-school-remedy = add schools of this stage, or leave out the column
finding-seats-missing = there are no seats given for stage { $stage }
finding-seats-missing-remedy = give them, or shared_seats where two stages fill the same seats; or set seats_from_existing to estimate them from the existing scheme
finding-seats-zero = there are zero seats for stage { $stage }
finding-seats-zero-remedy = correct the seats; if it takes no pupils of this stage, remove the school or change its stage
finding-shared-seats-beside = the school has shared seats, and { $seats } others ({ $stage })
finding-shared-seats-beside-remedy = give shared_seats alone where both stages fill the same seats, else the seats of each stage alone
finding-shared-seats-one-stage = the school serves only one of the planned stages, { $stage }; all its { $seats } shared seats count for it
finding-shared-seats-one-stage-remedy = if some of them are for other pupils, give the seats of this stage instead
finding-pool-shared-seats = the school is in pool “{ $pool }” ({ $stage }), but its seats are shared between its stages
finding-pool-shared-seats-remedy = give it seats for each stage, or take it out of the pool
finding-pool-single = pool “{ $pool }” has this one school ({ $stage }); it gets a catchment of its own
finding-pool-single-remedy = name the pool with all its schools in the same words, or leave the cell empty{ $nearest }
finding-pool-unserved = the school is in pool “{ $pool }” of a stage it does not serve: { $stage }
finding-pool-unserved-remedy = correct the stage of the school, or leave the cell empty
finding-seats-from-existing = seats of stage { $stage } were taken as { $times } × today's pupils for { $count } { $count ->
        [one] school
       *[other] schools
    }
finding-seats-from-existing-remedy = use approved seats for a scheme that counts
finding-seats-from-existing-none = it has no pupils of stage { $stage } today, so no seats by that rule, and takes no part
finding-seats-from-existing-none-remedy = if it should, give its seats
finding-seats-short = seats do not suffice for stage { $stage }: { $pupils } { $pupils ->
        [one] pupil
       *[other] pupils
    }, { $seats } { $seats ->
        [one] seat
       *[other] seats
    }, { $short } short
finding-seats-short-remedy = add seats; the scheme with the least overload is written all the same, and marked
finding-seats-short-together = the planned stages have { $pupils } { $pupils ->
        [one] pupil
       *[other] pupils
    } and, where they share seats, only { $seats } { $seats ->
        [one] seat
       *[other] seats
    } together: { $short } too few
finding-seats-short-together-remedy = add seats; the scheme with the least overload found is written, and marked
finding-seats-short-apart = { $count ->
    [one] this block hangs
   *[other] this block and { $count } in all hang
} together with no others: { $pupils } { $pupils ->
        [one] pupil
       *[other] pupils
    } of stage { $stage }, { $seats } { $seats ->
        [one] seat
       *[other] seats
    } here, { $short } short, though the county has enough
finding-seats-short-apart-remedy = if a bridge, a road or a ferry leads out, say so in an adjacency table: plan once, take adjacency.csv from the output, add the pair, and give it with --adjacency
finding-seats-classes = { $seats } { $seats ->
        [one] seat
       *[other] seats
    } in { $classes } classes, { $each } a class
finding-seats-classes-remedy = check both columns: seats count pupils, classes count classes, of all grades
finding-block-too-large = it has { $pupils } { $pupils ->
        [one] pupil
       *[other] pupils
    } of stage { $stage }, more than any school has seats (at most { $seats })
finding-block-too-large-remedy = split the block, or add seats
finding-schools-same-place = it stands in the same place as “{ $other }”
finding-schools-same-place-remedy = check the coordinates
finding-layers-shifted = schools lie { $distance } { $direction } of their blocks on the whole, { $outside } of { $count } outside them; { $cause }
finding-layers-shifted-remedy = if so, state it with crs in the settings of that layer; nothing was moved
finding-layers-apart = schools lie { $distance } { $direction } of the blocks, { $outside } of { $count } outside them; { $cause }
finding-layers-apart-remedy = check that both files are of this county, and state the right crs of each layer
shift-schools = the schools look like { $system }
shift-blocks = the blocks look like { $system }
shift-both = the schools look like { $system }, the blocks like { $other }
shift-meridian = with { $degrees }° of longitude between them they look like coordinates of different zones
shift-exchanged = longitude and latitude of one of the layers look swapped
shift-unknown = no usual cause explains it
direction-north = north
direction-northeast = north-east
direction-east = east
direction-southeast = south-east
direction-south = south
direction-southwest = south-west
direction-west = west
direction-northwest = north-west
finding-school-outside = { $from ->
    [points] the gate is far from every block: it is { $metres } m { $direction } of the nearest, “{ $block }”
   *[outlines] the gate lies in no block; { $metres } m { $direction } of “{ $block }”, whose point is nearest and which is taken as its own
}
finding-school-outside-remedy = { $from ->
    [points] check the coordinates of the school and of the blocks
   *[outlines] check the coordinates, or name its block with home_block
}
finding-school-outside-areas = the gate is outside the administrative areas, { $metres } m { $direction } of them
finding-school-outside-areas-remedy = check the coordinates; if it does stand outside, nothing to do
finding-block-outside-areas = the block is outside the administrative areas, { $metres } m { $direction } of them
finding-block-outside-areas-remedy = check the coordinates; if it does lie outside, nothing to do
finding-areas-elsewhere = { $count } of { $all } { $kind ->
    [schools] schools
   *[blocks] blocks
} are outside the administrative areas; this one is { $metres } m { $direction } of them
finding-areas-elsewhere-remedy = check the coordinate systems of both layers, and that the areas are those of this county and cover it
finding-schools-same-block = it stands in “{ $block }” together with “{ $other }”; “{ $instead }” is taken as its own block
finding-schools-same-block-remedy = divide the block, or name another with home_block
finding-home-unknown = its block “{ $block }” is not in the table of blocks{ $suggestion }
finding-home-unknown-remedy = correct home_block
finding-home-twice = its block “{ $block }” already belongs to “{ $other }”
finding-home-twice-remedy = a block can hold one school a stage
fault-not-finite = a coordinate is no number
fault-too-few-points = a ring has fewer than three different points
fault-spike = a spike: the border runs out and back along the same line
fault-self-crossing = the border crosses itself, like a bow-tie
fault-self-overlap = the border runs along itself
fault-self-touch = the border touches itself in a point
fault-repeated-ring = a ring stands twice
fault-rings-cross = a hole crosses another ring
fault-rings-overlap = a hole runs along another ring
fault-hole-outside = a hole lies outside its shell
fault-hole-nested = a hole lies inside another hole
fault-ground-cut = holes touch so that they cut the ground apart
fault-parts-overlap = parts of it overlap
fault-parts-adjoin = parts of it share a border
fault-parts-nested = a part of it lies inside another
empty-without-points = it has no points
empty-few-points = it has fewer than three different points
empty-line = its points lie in one line
finding-outline-missing = there is neither outline nor point
finding-outline-missing-remedy = give its shape
finding-outline-mixed = { $with } { $with ->
        [one] block has
       *[other] blocks have
    } outlines and { $without } only points; they cannot be mixed
finding-outline-mixed-remedy = give outlines for all, or points for all
finding-outline-multipart = the outline has { $parts } { $parts ->
        [one] part
       *[other] parts
    } and counts as one block
finding-outline-multipart-remedy = nothing to do
finding-outline-invalid = { $fault }{ $count ->
    [1] {""}
   *[other] { " " }({ $count } places)
}
finding-outline-invalid-remedy = it was put in order as it was read; mend it in a GIS, or let `check --fix` write a mended copy
finding-outline-empty = the outline has no area: { $reason }
finding-outline-empty-remedy = mend the shape
finding-outline-unclosed = a ring of the outline is not closed: its ends are { $metres } m apart, and a straight line joins them
finding-outline-unclosed-remedy = look whether points are missing there; `check --fix` writes a copy with closed rings
finding-outline-repeated-points = { $points } { $points ->
        [one] point
       *[other] points
    } of { $outlines } { $outlines ->
        [one] outline
       *[other] outlines
    } { $points ->
        [one] repeats the one before it
       *[other] repeat the ones before them
    }
finding-outline-repeated-points-remedy = nothing to do
finding-outline-rings-sorted = in { $count } { $count ->
        [one] outline
       *[other] outlines
    } the direction of the rings does not say which of them are holes; a ring inside another was taken for its hole
finding-outline-rings-sorted-remedy = nothing to do, unless a hole is missing on the map
finding-outline-antimeridian = an edge of the outline leads half around the earth: it crosses 180° of longitude uncut, or a longitude has the wrong sign
finding-outline-antimeridian-remedy = correct the longitude, or cut the outline at 180°
finding-outline-duplicate = has the same outline as “{ $other }” ({ $area } m²), which keeps the ground
finding-outline-duplicate-remedy = put the two together with their pupils, or draw each its own outline
finding-outline-inside = lies wholly inside “{ $other }”, { $area } m² that are cut out of it
finding-outline-inside-remedy = right if it is an enclave; else draw the border between the two
finding-outline-overlap = “{ $ceded }” and “{ $kept }” overlap by { $area } m²; the smaller, “{ $kept }”, keeps the ground
finding-outline-overlap-remedy = mend the border in a GIS
finding-outline-gap = { $area } m² inside the county belong to no block
finding-outline-gap-remedy = leave it if it is water or the like, else add a block
finding-outline-sliver = { $overlaps } { $overlaps ->
        [one] tiny overlap
       *[other] tiny overlaps
    } and { $gaps } { $gaps ->
        [one] sliver
       *[other] slivers
    } were closed in the borders, { $area } m² in all
finding-outline-sliver-remedy = nothing to do; the input files are as they were
finding-outline-snapped = { $joined } { $joined ->
        [one] vertex was
       *[other] vertices were
    } joined to one within a centimetre and edges cut at { $cut } { $cut ->
        [one] place
       *[other] places
    }, so that neighbours meet
finding-outline-snapped-remedy = nothing to do; the input files are as they were
finding-outline-from-point = { $count } { $count ->
        [one] block is
       *[other] blocks are
    } points; cells around them stand for outlines, for drawing and adjacency only
finding-outline-from-point-remedy = give outlines if there are any
finding-point-from-columns = points were taken from columns { $columns } instead of the outlines
finding-point-from-columns-remedy = nothing to do
finding-adjacency-unknown = “{ $block }” in the adjacency is not in the table of blocks{ $suggestion }
finding-adjacency-unknown-remedy = correct the id
finding-adjacency-itself = { $count ->
    [one] this pair names
   *[other] { $count } pairs, of which this is the first, name
} one block twice and counts for nothing
finding-adjacency-itself-remedy = if another block was meant, correct the id
finding-adjacency-links = the table names { $count } { $count ->
        [one] bridge
       *[other] bridges
    }, ferries or the like, which count beside the shared borders
finding-adjacency-links-remedy = if the table is meant to hold all neighbours, leave out the column of kinds
finding-adjacency-nearness = { $alone } of { $blocks } { $blocks ->
        [one] outline touches
       *[other] outlines touch
    } no other; { $links } { $links ->
        [one] link
       *[other] links
    } across the gaps around them make neighbours (median { $median } m, widest { $widest } m)
finding-adjacency-nearness-remedy = look at adjacency.csv; where neighbours are known, give an adjacency table
finding-adjacency-differs = the adjacency differs from the borders: { $apart } listed pairs do not touch, { $left_out } touching pairs are left out; the table was used as it stands
finding-adjacency-differs-remedy = if that is not meant, check the table
finding-block-island = no neighbour leads from here to a school; the nearest block, “{ $other }”, { $metres } m away, counts as a neighbour; { $count ->
    [one] { $pupils } pupils
   *[other] { $count } blocks with { $pupils } pupils in all, among them { $names }
}
finding-block-island-remedy = if a bridge or ferry connects it elsewhere, list the pair in an adjacency table with the kind bridge or ferry
finding-existing-school-unknown = “{ $name }” of the existing scheme is no school in the table; it has { $count } { $count ->
        [one] block
       *[other] blocks
    }{ $suggestion }
finding-existing-school-unknown-remedy = correct the name, or state it in the settings under schools.aliases
finding-existing-school-respelt = “{ $name }” of the existing scheme ({ $count } { $count ->
        [one] block
       *[other] blocks
    }) is no school in the table; only “{ $known }” is spelt so, and was taken
finding-existing-school-respelt-remedy = make the spellings agree, or state it in the settings under schools.aliases
finding-existing-block-unknown = “{ $name }” of the existing scheme is no block in the table{ $suggestion }
finding-existing-block-unknown-remedy = correct the id or name
finding-authorities-overlap = the catchments of { $first } and { $second } overlap by { $area } m², with { $pupils } { $pupils ->
        [one] pupil
       *[other] pupils
    } in { $blocks } { $blocks ->
        [one] block
       *[other] blocks
    }{ $crossed ->
    [0] {""}
   *[other] {""}, and cuts through { $crossed } more ({ $crossed_pupils } pupils)
} ({ $stage }){ $names }{ $more ->
    [0] {""}
   *[other] {""}, { $all } in all
}
finding-authorities-overlap-remedy = let the two agree on a border, and change one of the layers
finding-authorities-gap = { $area } m² with { $pupils } { $pupils ->
        [one] pupil
       *[other] pupils
    } in { $blocks } { $blocks ->
        [one] block
       *[other] blocks
    }{ $crossed ->
    [0] {""}
   *[other] {""}, and cuts through { $crossed } more ({ $crossed_pupils } pupils)
} lie in no authority’s catchment ({ $stage }){ $names }{ $more ->
    [0] {""}
   *[other] {""}, { $all } in all
}
finding-authorities-gap-remedy = let the authority of the place take it in
finding-existing-twice = the existing scheme gives it to “{ $first }” and here to “{ $second }”; the latter was taken
finding-existing-twice-remedy = remove one of the rows
finding-existing-incomplete = the existing scheme ({ $stage }) leaves out { $count } { $count ->
        [one] block
       *[other] blocks
    }
finding-existing-incomplete-remedy = they do not count as changed
finding-lock-unknown = “{ $name }” in a lock is not known{ $suggestion }
finding-lock-unknown-remedy = correct the name
finding-lock-stage-unserved = the lock puts it to “{ $school }”, which does not serve the stage “{ $cell }” in this plan
finding-lock-stage-unserved-remedy = correct the stage or the school of the lock
finding-lock-conflict = it cannot go both to “{ $first }” and to “{ $second }”
finding-lock-conflict-remedy = remove one of the locks
finding-lock-itself = the lock names one block twice
finding-lock-itself-remedy = name two blocks, or remove the lock
finding-lock-school-itself = the school is locked to itself
finding-lock-school-itself-remedy = name the school that leads it; where it leads itself, write the kind lead
finding-lock-stage-unplanned = the lock speaks of the stage “{ $cell }”, which is not planned
finding-lock-stage-unplanned-remedy = correct the stage of the lock, or leave it empty for all stages
finding-lock-together-conflict = it should go to one school with “{ $other }” ({ $stage }), and one must go to “{ $first }”, the other to “{ $second }”
finding-lock-together-conflict-remedy = remove the lock that keeps them together, or one of those to a school
finding-lock-together-apart = it should never go to one school with “{ $other }” ({ $stage }), and other locks keep them together
finding-lock-together-apart-remedy = remove one of the locks
finding-lock-apart-conflict = it should never go to one school with “{ $other }” ({ $stage }), and both must go to “{ $first }”
finding-lock-apart-conflict-remedy = remove one of the locks
finding-lock-forbidden-needed = it should not go to “{ $first }” ({ $stage }), and must: by a lock, because the school stands there, or with a block it goes together with
finding-lock-forbidden-needed-remedy = remove one of the locks
finding-lock-forbidden-all = with this lock no school of stage { $stage } is left for it
finding-lock-forbidden-all-remedy = leave it one school at least
finding-lock-too-far = the lock puts it to “{ $school }” ({ $stage }), { $metres } m away; its longest distance is { $limit } m
finding-lock-too-far-remedy = remove the lock, or allow it a longer distance
finding-block-too-far = no school of stage { $stage } is within its longest distance of { $limit } m; the nearest, “{ $school }”, is { $metres } m away
finding-block-too-far-remedy = allow it a longer distance, or add a school
finding-least-stage-unclear = it serves two stages, and its fewest pupils are given without a stage; they were left out
finding-least-stage-unclear-remedy = name the columns least_pupils_primary and least_pupils_junior
finding-least-above-seats = it should have { $least } { $least ->
        [one] pupil
       *[other] pupils
    } of stage { $stage } at least, and has { $seats } { $seats ->
        [one] seat
       *[other] seats
    }
finding-least-above-seats-remedy = lower the fewest pupils, or add seats
finding-least-short = schools of stage { $stage } should have { $least } { $least ->
        [one] pupil
       *[other] pupils
    } at least in all, and there are { $pupils }
finding-least-short-remedy = lower the fewest pupils of some schools
finding-lock-overfull = locks give it { $pupils } { $pupils ->
        [one] pupil
       *[other] pupils
    } of stage { $stage }, and it has { $seats } { $seats ->
        [one] seat
       *[other] seats
    }
finding-lock-overfull-remedy = remove locks, or add seats
finding-barrier-without-crossing = it has no crossing: ways across count 5 km more
finding-barrier-without-crossing-remedy = add bridges or underpasses to the layer of crossings
finding-crossing-off-barrier = it lies on no barrier (within 60 m)
finding-crossing-off-barrier-remedy = check the coordinates
finding-roads-none = distances are to be measured along roads, and there is no road that people may walk on
finding-roads-none-remedy = give roads with --roads, or another --distance
finding-roads-taken = taken: { $count } { $count ->
        [one] road
       *[other] roads
    } that people may walk on, { $kilometres } km; left out: { $far } far from all blocks and schools and { $left_out } not for walking: { $classes }
finding-roads-taken-remedy = if a class is wrong here, give the roads a column foot (yes or no)
finding-roads-cut = { $nodes } { $nodes ->
        [one] node
       *[other] nodes
    } of { $ways } { $ways ->
        [one] way
       *[other] ways
    } { $nodes ->
        [one] is
       *[other] are
    } not in the extract; these ways end where the file is cut
finding-roads-cut-remedy = if the edge runs through the county, take a larger extract
finding-roads-crossing = { $crossings } { $crossings ->
        [one] time
       *[other] times
    } roads cross, and { $ends } { $ends ->
        [one] time
       *[other] times
    } a dead end lies on a road, without a vertex in common; they are not joined there
finding-roads-crossing-remedy = right for bridges and tunnels; where roads do meet, add a vertex in a GIS
finding-roads-apart = { $parts } { $parts ->
        [one] piece of the road network does
       *[other] pieces of the road network do
    } not hang together with the rest, { $percent } % of its length, left out here
finding-roads-apart-remedy = nothing to do, or join them in a GIS
finding-roads-torn = { $parts } { $parts ->
        [one] piece of the road network does
       *[other] pieces of the road network do
    } not hang together with the rest, { $percent } % of its length, left out here
finding-roads-torn-remedy = look whether roads end a little short of one another, or a bridge is missing
finding-road-far-school = its gate is { $metres } m from the nearest road; the straight line leads there
finding-road-far-school-remedy = check its coordinates, or add the road
finding-road-far-blocks = { $count } { $count ->
        [one] block is
       *[other] blocks are
    } more than 500 m from the nearest road, this one the farthest: { $metres } m; the straight line leads there
finding-road-far-blocks-remedy = check their coordinates, or add roads
finding-distance-none = distances are to be taken from a table, and there is none
finding-distance-none-remedy = give one with --distances, or another --distance
finding-distance-unknown = “{ $name }” in the distances ({ $count } { $count ->
        [one] time
       *[other] times
    }) is neither a block nor a school of the tables{ $suggestion }
finding-distance-unknown-remedy = correct the id or name; what it stands with is not used
finding-distance-negative = { $count } { $count ->
        [one] distance is
       *[other] distances are
    } below zero, the first of them here
finding-distance-negative-remedy = correct them; leave the cell empty where there is no way
finding-distance-repeated = { $count } { $count ->
        [one] pair is
       *[other] pairs are
    } given twice with different distances, the first of them “{ $block }” to “{ $school }”
finding-distance-repeated-remedy = remove one of the rows
finding-distance-missing = { $count } of { $pairs } { $pairs ->
        [one] pair has
       *[other] pairs have
    } no distance, the first of them this block to “{ $school }”; they count as the straight line plus 5 km. { $blocks } { $blocks ->
        [one] block has
       *[other] blocks have
    } none at all
finding-distance-missing-remedy = complete the table where the pair matters
finding-distance-converted = minutes were turned into metres at { $speed } m a minute
finding-distance-converted-remedy = if pupils walk at another speed, set walking_speed_m_per_min
finding-distance-short = { $count } given distances are shorter than the straight line, the first of them this block to “{ $school }”: { $given } m given, { $straight } m straight
finding-distance-short-remedy = check the unit and the coordinates
finding-strength-missing = there are no data of strength, so no districts are made for stage { $stage }
finding-strength-missing-remedy = give the seven indicators, management and quality, or mark strong and weak schools
finding-strength-incomplete = only { $share } % of the data of strength for stage { $stage } are there, so it is not rated
finding-strength-incomplete-remedy = complete the indicators
finding-enrolment-missing = { $count } { $count ->
        [one] school has
       *[other] schools have
    } no enrolment for stage { $stage }{ $seats ->
    [0] , and no seats: they count as having no pupils
   *[other] ; seats stand in for it
}
finding-enrolment-missing-remedy = give enrolment
finding-year-unreadable = “{ $cell }” is not a year, or a year and month
finding-year-unreadable-remedy = write a single year of four digits such as 2025, a month as 2025-09, or leave the cell empty
finding-target-unnamed = this row names no indicator
finding-target-unnamed-remedy = name it, or remove the row
finding-target-missing = there is no target
finding-target-missing-remedy = give it, or remove the row
finding-target-comparison = “{ $cell }” is no comparison that is known
finding-target-comparison-remedy = write one of { $known }; an empty cell means ≥
finding-target-comparison-unread = the column “{ $column }” holds comparisons and was not read as such: every row was judged as ≥
finding-target-comparison-unread-remedy = call the column comparison
finding-target-units = target and value are not in one unit: one is a percentage and the other is not, or the unit says otherwise
finding-target-units-remedy = put the percent sign behind both numbers and leave the unit empty, or behind none and write % as the unit
finding-target-repeated = this indicator stands in row { $other } as well, for the same year and owner, with the same comparison or another value
finding-target-repeated-remedy = remove one of the two rows, or tell them apart by year, owner or name
finding-review-group-missing = this row names no group
finding-review-group-missing-remedy = name it, or remove the row
finding-review-year-missing = this row has no year, and others of the group have one
finding-review-year-missing-remedy = give the year
finding-review-item-unknown = there is no item “{ $item }” in the rubric
finding-review-item-unknown-remedy = write a number from 1 to 18, publicity_national, publicity_provincial, publicity_municipal or veto
finding-review-value-unfit = “{ $cell }” cannot be the value of { $item }
finding-review-value-unfit-remedy = give { $takes }
finding-review-repeated = item “{ $item }” of this group and year stands in row { $other } as well
finding-review-repeated-remedy = remove one of the two rows
finding-groups-empty = the table of groups has headings and no row
finding-groups-empty-remedy = fill it in, or leave [groups] out of the settings, and groups are made
finding-waiver-unknown = “{ $name }” in the setting districts.waivers is no district's id, name or lead, and excuses nothing
finding-waiver-unknown-remedy = Write the id, the name or the lead of a district: { $known }
