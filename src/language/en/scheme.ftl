### The scheme: results, reasons, rules, verification

plan-stage = { $stage }: { $blocks } blocks, { $schools } schools, { $pupils } pupils; mean distance { $mean } m, { $within } % within { $radius } m
plan-gap =     { $value } pupil-km in all, bound { $bound }: at most { $gap } % above the best
plan-gap-lines =     { $value } pupil-km in all, bound { $bound }: { $price } % above it for the lines of districts, and at most { $gap } % above the best for all else
plan-value =     { $value } pupil-km in all
plan-seats-short =     seats do not suffice: { $overload } pupils too many ({ $pupils } pupils, { $seats } seats)
plan-overloaded =     schools are over-full by { $overload } pupils, though there are { $seats } seats for { $pupils } pupils
plan-least-overload = No scheme was found that keeps the seats. This one has the least overload found, and is marked as not feasible
plan-detached =     { $detached } blocks are cut off from their school, { $unassigned } have none
plan-cut = {"    "}because: { $text }
plan-relaxation = {"      "}would be enough: { $text }
plan-districts =     { $districts } districts
lines-of-scheme = There is no existing scheme, so the lines of districts are those of these catchments, and no way is longer for them.
lines-price = What it costs that catchments keep within districts: over { $pupils } pupils the mean distance is { $mean } instead of { $free } m, { $price } m more each, { $kilometres } pupil-km in all.
lines-moved = Of these { $pupils } pupils in { $blocks } blocks have another school than they would without lines; their way is { $price } m longer on average.
plan-no-districts =     no districts were made
plan-warnings = { $count ->
    [one] one warning about the input: see the report or xuequ check
   *[other] { $count } warnings about the input: see the report or xuequ check
}
plan-rule-broken = rule not kept ({ $stage }): { $rule } ({ $count })
plan-written = Wrote { $folder }
group-stage = { $stage }: { $schools } schools{ $others ->
    [0] {""}
   *[other] {""} and { $others } kindergartens or schools of other stages
} in { $districts } districts; { $mean } m to the lead on average
group-stage-community = { $stage }: { $schools } schools{ $others ->
    [0] {""}
   *[other] {""} and { $others } kindergartens or schools of other stages
} in { $districts } communities; { $mean } m to the lead on average
group-stage-pairs = { $stage }: { $schools } schools{ $others ->
    [0] {""}
   *[other] {""} and { $others } schools of other stages
}, paired in { $districts } groups; { $mean } m to the founding school on average
group-stage-group = { $stage }: { $schools } schools{ $others ->
    [0] {""}
   *[other] {""} and { $others } kindergartens or schools of other stages
} in { $districts } groups; { $mean } m to the lead on average
group-stage-both = { $stage }: { $schools } schools in { $districts } districts and { $groups } education groups; { $mean } m to the lead on average
group-none-pairs = { $stage }: nobody says who is paired with whom: name partners and their founding schools in the table of locks, or mark them in the columns partner and lead
group-none-small = { $stage }: schools are strong, but none has { $least } pupils, and none can lead: look at the enrolment, or lower districts.lead_enrolment
group-none = { $stage }: no school can lead: mark leads in a column called lead, mark strong schools, or give data of strength
group-gap = {"  "}{ $value } km of weighed ways with what sizes, strength and mixture count, bound { $bound } with the same leads: at most { $gap }% above the best
group-gap-solver = {"  "}by the solver { $solver }, bound { $bound }: at most { $gap }% above the best
group-remedy = {"  "}{ $names }: { $mend }
group-more = {"  "}{ $count } more: see { $file }
group-rule-missed = should be kept and is not ({ $stage }): { $rule } ({ $count })

stop-time-limit = time limit reached
stop-interrupted = interrupted by the user

reason-home = the school stands here
reason-locked = locked
reason-locked-why = locked: { $why }
reason-nearest = nearest school
reason-only-within = no other school is within its longest distance of { $metres } m
reason-forbidden = it must not go to nearer { $school } ({ $metres } m)
reason-beyond-line = nearer { $school } ({ $metres } m) is in another district
reason-together = it goes to one school with “{ $block }”
reason-kept-apart = it must not go to one school with “{ $block }”, which goes to nearer { $school } ({ $metres } m)
reason-as-today = it stays where it is today; nearer { $school } ({ $metres } m) is not nearer enough
reason-with-community = it stays with its community; nearer { $school } ({ $metres } m) is not nearer enough
reason-weighed = borders or use of seats speak against nearer { $school } ({ $metres } m)
reason-full = nearer { $school } ({ $metres } m) has only { $left } seats left
reason-apart = the catchment of nearer { $school } ({ $metres } m) does not border this block
reason-bridge = given to nearer { $school } ({ $metres } m), this catchment would fall apart
reason-unforced = nearer { $school } ({ $metres } m) could take it, but the scheme does not say so
reason-unassigned = no school

rule-hard = must
rule-soft = should
verdict-kept = kept
verdict-broken = not kept by all
verdict-unknown = cannot be told
rule-untold = { $rule } ({ $stage }): cannot be told: { $why }
group-rule-untold = cannot be told ({ $stage }): { $rule }: { $why }
rule-assigned = every block goes whole to one school
rule-assigned-source = Ministry of Education 2014: single-school catchments
rule-seats = no school has more pupils than seats
rule-seats-source = approved seats (class sizes of GB 50099—2011)
rule-contiguous = every catchment hangs together with its school
rule-contiguous-source = practice of catchments: no enclaves, no holes
rule-locks = locked blocks go to their schools
rule-locks-source = table of locks
rule-locks-of-schools = schools lead, or are led by whom, as the table of locks has it
rule-locks-of-both = locked blocks go to their schools, and schools lead or are led as the table of locks has it
rule-together = blocks that go together go to one school
rule-together-source = table of locks
rule-apart = blocks that are kept apart go to different schools
rule-apart-source = table of locks
rule-forbidden = no block goes to a school it must not go to
rule-forbidden-source = table of locks
rule-longest-distance = no way is longer than the longest distance
rule-longest-distance-source = longest_distance_m of blocks or settings
rule-least-use = every school has its fewest pupils
rule-least-use-source = least_pupils of schools, or setting catchments.least_seat_use
rule-district-lines = blocks go to schools of their district
rule-district-lines-source = setting catchments.within_districts
rule-locked-reached = catchments reach the blocks locked to them
rule-locked-reached-source = practice of catchments: no enclaves
rule-community = communities go whole to one school
rule-community-source = practice of catchments: communities are not divided
rule-radius = pupils live within the service radius
rule-radius-source = residential planning code 2002: primary 500 m, junior 1,000 m
rule-seat-band = seats are used within the band
rule-seat-band-source = settings measure.seat_use
rule-district-size = districts have as many schools as wanted
rule-district-size-community = communities have as many schools as wanted
rule-district-size-pairs = groups of pairs have a number of schools within bounds
rule-district-size-group = groups have as many schools as wanted
rule-district-size-source = right-sized (setting districts.schools)
rule-weak-with-strong = weak and new schools have a strong lead
rule-weak-with-strong-pairs = weak and new schools have a strong founding school
rule-weak-with-strong-source = strong paired with weak
rule-weak-with-strong-source-pubei = strong paired with weak (Pubei plan of district management)
rule-one-district = every school is in one district
rule-one-district-community = every school is in one community
rule-one-district-group = every school is in a group
rule-one-district-most = no school is in two districts
rule-one-district-most-community = no school is in two communities
rule-one-district-most-pairs = no school is in two pairs
rule-one-district-source = districts do not overlap
rule-one-district-source-pubei = districts are a partition (Pubei plan of district management)
rule-one-district-source-liucheng = the list pairs each school once (Liucheng 2024 no. 18)
rule-one-district-source-suzhou = compulsory schools join groups (Suzhou meeting on groups)
rule-one-district-source-ankang = compulsory schools join groups (plan for a hundred groups)
rule-district-count = there are as many districts as wanted
rule-district-count-source = the number of the document
rule-district-kinds = so many districts are of the kind in which town helps country
rule-district-kinds-source = the numbers of the document
rule-marked-lead = schools of the county or good schools of the towns lead
rule-marked-lead-source = good schools lead
rule-marked-lead-source-pubei = led by schools of the county or good schools of the towns (Pubei plan of district management)
rule-town-with-country = districts have town and country schools
rule-town-with-country-source = town and country together
rule-town-with-country-source-pubei = town and country together (Pubei plan of district management)
annex-name = District
annex-name-community = Community
annex-name-group = Group
annex-name-pairs = Group of pairs
annex-kind = Kind
annex-lead = Lead
annex-lead-pairs = Founding school
annex-members = Members
annex-members-pairs = Partners
annex-plaques = Plaques
annex-helps = { $school } (helps)
annex-between = {", "}
plaques-school = School
plaques-role = Role
plaques-count = Plaques
role-leads = lead
role-member = member
role-helps = helps
role-is-helped = is helped
rule-district-in-one-part = territories of districts hang together
rule-district-in-one-part-source = custom: a district hangs together

mend-unassigned = give it to a neighbouring school
mend-seats = { $pupils ->
    [one] add one seat, or move one pupil
   *[other] add { $pupils } seats, or move { $pupils } pupils
}
mend-contiguous = give it to neighbouring { $school }
mend-contiguous-link = state in an adjacency table how it is connected
mend-lock = give it to { $school }, or unlock it
mend-lock-lead = let { $lead } lead its { $noun }, or unlock it
mend-together = give it to { $school } with “{ $other }”, or part them
mend-apart = give it to another school than { $school }, where “{ $other }” goes, or allow it
mend-forbidden = give it to another school than { $school }, or allow it
mend-longest-distance = give it to a nearer school, or allow it a longer distance
mend-least-use = { $pupils ->
    [one] give it one more pupil
   *[other] give it { $pupils } more pupils
}
mend-district-lines = give it to a school of its district, or lock it to the school it has here
mend-locked-reached = lock the blocks between as well, or remove the lock
mend-community = parted: { $parts }
mend-radius = a school or teaching point nearby, a bus, or boarding
mend-band = about { $pupils } pupils or seats too many or too few

mend-weak-with-strong = let a strong school lead, or join a { $noun } that one leads
mend-one-district = give the school to one { $noun }
mend-one-district-only = the school is in { $names }: keep one; where one of them is an education group, write “group” in a column kind, since groups may lie over districts
mend-district-count = { $wanted } (each a { $noun }) are wanted, and only { $led } schools may lead{ $unled ->
    [0] {""}
   *[other] , with { $unled } districts without a lead beside them
}. Smallest ways out: make { $made } districts{ $size ->
    [0] {""}
   *[other] {" "}and allow { $size } schools in each
}; or let { $more } more schools lead ({ $leads })
mend-district-count-sizes = { $schools } schools, at least { $fewest } in each, make { $possible } at most (each a { $noun }), not { $wanted }. Smallest ways out: make { $possible }{ $relaxed ->
    [0] {""}
   *[other] , or allow { $relaxed } schools in each
}
mend-district-count-more = more schools are marked as leads than the { $wanted } (each of a { $noun }) wanted: take { $more } marks away
mend-district-kinds = name { $wanted } (each a { $noun }) in which town helps country
mend-marked-lead = mark the school as strong, or let another lead
mend-country-schools = give the { $noun } country schools
mend-town-schools = give the { $noun } a town school
mend-district-parts = { $count } parts: { $parts }. Say in districts.waivers why, or give the schools of the detached part to a neighbouring district
waived-parts = { $count } parts: { $parts }. Reason: { $why }
territory-part = { $names } ({ $blocks } blocks, { $pupils } pupils)
territory-part-bare = { $blocks } blocks without a school, { $names } among them ({ $pupils } pupils)
territory-between = {"; "}

verify-files = output files are complete and as the manifest says
verify-inputs = input files are unchanged
verify-neighbours = neighbour pairs are true and complete
verify-rows = names, pupils, distances and locks of the assignment are those of the input
verify-complete = every block once in every stage
verify-seats = seats are kept
verify-contiguity = catchments hang together
verify-locks = locks are kept
verify-terms = blocks together and apart, schools refused, longest distances and fewest pupils are kept
verify-districts = the table of districts is sound and agrees with the other files
verify-grouping-rules = rules that must be kept are kept
verify-frontier = grouping { $point } to choose does not stand: another beats it, or it is not the one that is written
verify-district-counties = district { $district } has schools of { $counties }
verify-grouping-sums = figures of evaluation.json are those of the table of districts
verify-sums = figures and verdicts of evaluation.json are those of the assignment
verify-bound = the bound holds
verify-layers = layers say and show what the tables and the input say
verify-mark-good = [pass]
verify-mark-bad = [FALSE]
verify-mark-rule = [BROKEN]
verify-good-grouping = Verified: the files say the truth, and the rules that can be looked at are kept
verify-grouping-broken = The files say the truth, but a rule that must be kept is broken
verify-grouping-rule = the verdict of { $rule } is not what the numbers of the tables come to
verify-rule-broken = { $rule } ({ $count })
verify-good = Verified: the files say the truth, and seats, contiguity and locks are kept
verify-rules-broken = The files say the truth, but the scheme does not keep every hard rule
verify-bad = Not verified: the files do not say the truth
verify-output-changed = { $file } does not have the fingerprint of the manifest
verify-output-unlisted = { $file } belongs to every output folder of this plan, and the manifest does not list it
verify-manifest-field = { $field } in manifest.json cannot be { $found }
verify-input-changed = { $file } has changed or is missing
verify-input-unlisted = { $file } is an input, and the manifest does not list it
verify-unknown-block = “{ $block }” in the adjacency is not in the input
verify-link-missing = the pair “{ $first }”–“{ $second }” of the input is not listed
verify-link-false = nothing confirms that “{ $first }” and “{ $second }” are neighbours
verify-link-twice = the pair “{ $first }”–“{ $second }” is listed twice, or is one block
verify-border-missing = “{ $first }” and “{ $second }” share a border, and are not listed as neighbours
verify-row-stage = row { $row }: stage “{ $name }” is not planned
verify-row-block = row { $row }: there is no block “{ $name }”
verify-row-school = row { $row }: there is no school “{ $name }”
verify-cell = row { $row }, { $column }: “{ $found }” where “{ $expected }” is right
verify-cell-empty = row { $row }, { $column }: empty
verify-block-times = “{ $block }” ({ $stage }) occurs { $times } times
verify-block-without = “{ $block }” ({ $stage }) has no school that can take it
verify-overfull-shared = { $school } has { $pupils } pupils of both stages and { $seats } seats for them
verify-shared-seats = shared_seats in evaluation.json says { $found }, where it is { $expected }
verify-overfull = { $school } ({ $stage }): { $pupils } pupils, { $seats } seats
verify-detached = “{ $block }” ({ $stage }) cannot reach its school
verify-together = “{ $block }” and “{ $other }” should go to one school ({ $stage })
verify-apart = “{ $block }” and “{ $other }” should not go to one school ({ $stage })
verify-district-lines = “{ $block }” goes to a school of another district ({ $stage })
verify-forbidden = “{ $block }” should not go to { $school } ({ $stage })
verify-longest = “{ $block }” has { $metres } m to its school ({ $stage }), and may have { $limit } m
verify-least = “{ $school }” has { $pupils } pupils ({ $stage }), and should have { $least } at least
verify-lock = “{ $block }” should go to { $school }
verify-lock-lead = “{ $school }” should be in a district led by { $lead }, and is in { $district }
verify-school-districts = { $school } occurs { $times } times in the table of districts
verify-district-leads = district { $district } has { $count } leads
verify-district-size = district { $district } has { $schools } schools, where { $fewest } to { $most } are wanted
verify-grouping-sum = { $field } in evaluation.json is { $found }, and by the tables { $expected }
verify-district-count = { $file } has { $found } districts of stage { $stage } where the table of districts has { $expected }
verify-district-differs = district { $district }: name or lead is another in { $file } than in the table of districts
verify-stage-missing = there is no evaluation of stage { $stage }
verify-distances = of the distances: { $figure } is given as { $found }, and is { $expected }
verify-figure = { $stage }, { $figure }: { $found } where { $expected } is right
verify-rule = { $stage }, rule { $rule }: { $found } where it is { $expected } ({ $count })
verify-rules-summary = hard_rules_kept: { $found } does not follow from the rules
verify-bound-without-proof = the bound { $bound } ({ $stage }) comes without { $file }, or without its entry under bounds
verify-bound-entry = what stands under bounds of { $stage } (file, covers) is not what { $file } says
verify-bound-certificate = { $file } ({ $stage }) proves nothing: something is missing, names nothing of the input, or may not be used
verify-bound-too-high = the bound { $bound } ({ $stage }) is too high: { $file } proves { $proved }
verify-bound-undercut = the scheme has { $value } ({ $stage }), below the bound { $bound }
verify-bound-gap = the gap { $gap } % ({ $stage }) does not follow from the bound
verify-bound-differs = the bound { $bound } ({ $stage }) is { $other } in its proof
verify-layer-count = layer { $layer } has { $found } features where { $expected } are right
verify-layer-feature = layer { $layer } has no feature { $feature }
verify-layer-property = layer { $layer }, { $feature }, { $property }: { $found } where { $expected } is right
verify-layer-ring = feature { $feature } of layer { $layer } has a ring that does not close
verify-layer-ground = layer { $layer }: { $feature } is not the union of its parts
verify-layer-place = layer { $layer }: { $feature } is not where the input has it
verify-shortage-numbers = missing seats, { $stage }, cause { $number }: blocks, schools or numbers are not those of the input
verify-shortage-reach = missing seats, { $stage }, cause { $number }: its blocks can reach a school it does not list
verify-shortage-sum = missing seats, { $stage }: the causes prove that { $expected } pupils lack a seat, which is not what is said
verify-shortage-twice = missing seats, { $stage }, cause { $number }: a block or school is in another cause already
rule-strong-in-pools = Strong schools are spread over the pools: none has two more than another
rule-strong-in-pools-source = Ministry practice of multi-school catchments: sought-after schools spread over the areas
mend-strong-in-pools = exchange one of its strong schools for another of a pool with fewer

# Why seats do not suffice.
list-more = { $names } and { $more } more
shortage-proved = No scheme gives every pupil a seat at a school that can be reached: { $least ->
    [one] at least one pupil goes
   *[other] at least { $least } pupils go
} without. This scheme is { $found } above the seats.
shortage-not-proved = If blocks could be divided, every pupil would have a seat. But blocks go whole and catchments hang together; the least found is { $found } above the seats, and that less is impossible is not proved.
cut-seats = { $count ->
    [one] One block with { $pupils } pupils ({ $blocks })
   *[other] { $count } blocks with { $pupils } pupils ({ $blocks })
} can reach only { $schoolCount ->
    [one] one school with { $seats } seats ({ $schools })
   *[other] { $schoolCount } schools with { $seats } seats ({ $schools })
}: { $short } too few.
cut-unreached = { $count ->
    [one] One block with { $pupils } pupils ({ $blocks })
   *[other] { $count } blocks with { $pupils } pupils ({ $blocks })
} can reach no school at all.
cut-block = The block { $blocks } has { $pupils } pupils, and no school it can reach has more than { $seats } seats ({ $schools }): { $short } too few as long as it goes whole.
relax-seats = { $seats ->
    [one] one seat more
   *[other] { $seats } seats more
}: { $schools }
relax-longest = a longest distance of { $metres } m for { $blocks }
relax-locks = { $locks ->
    [one] one lock less
   *[other] { $locks } locks less
}: { $blocks }
relax-forbidden = { $locks ->
    [one] one school less forbidden
   *[other] { $locks } schools less forbidden
}: { $blocks }
relax-contiguous = a link (bridge, ferry, passage) from { $blocks } to schools they cannot reach over ground of their own, or a lock that sends them there
rule-source-setting = setting { $key }
report-none-wrong = { $value } { $unit } off / 0
mend-district-too-small = { $schools } schools, fewer than { $fewest }: take in { $by } more, or lower the bound (setting districts.schools)
mend-district-too-large = { $schools } schools, more than { $most }: let { $by } go, or raise the bound (setting districts.schools)
rule-district-size-source-nanchang = right-sized (Nanchang, district communities)
rule-district-in-one-part-source-nanchang = near each other (Nanchang, district communities)
rule-district-in-one-part-source-pubei = fairly near (Pubei, action plan)
rule-district-in-one-part-source-suzhou = layout in space (Suzhou, meeting on groups)
rule-district-count-source-pubei = 22 districts (Pubei, action plan)
rule-district-kinds-source-pubei = 19 that merge in part, 3 of town and country (Pubei, action plan)
group-rules-untold = { $count } { $count ->
    [one] rule
   *[other] rules
} that should be kept cannot be told for lack of data, see report.md
rule-weak-with-strong-group-core = weak and new schools have a strong lead
annex-lead-group-core = Lead
role-leads-group-core = lead
mend-weak-with-strong-group-core = let a strong school lead, or join a { $noun } that one leads
mend-district-count-group-core = { $wanted } (each a { $noun }) are wanted, and only { $led } schools may lead{ $unled ->
    [0] {""}
   *[other] , with { $unled } districts without a lead beside them
}. Smallest ways out: make { $made } districts; or let { $more } more schools lead ({ $leads })
mend-district-count-more-group-core = more schools are marked as leads than the { $wanted } (each of a { $noun }) wanted: take { $more } marks away
group-stage-group-core = { $stage }: { $schools } schools{ $others ->
    [0] {""}
   *[other] {""} and { $others } kindergartens or schools of other stages
} in { $districts } groups; { $mean } m to the lead on average
verify-grouping-tables = the tables say what the table of districts and the inputs say
verify-grouping-figure = { $field } is { $found } in evaluation.json, and { $expected } by the table of districts and the inputs
verify-table-rows = { $file } has { $found } rows, and should have { $expected }
verify-table-cell = { $file }, row { $row }, column { $column }: “{ $found }” should be “{ $expected }”
verify-seed = the seed is { $found } in manifest.json, and { $expected } in the settings there
verify-parent = the scheme { $file } that manifest.json goes on from is not the one among the inputs
verify-district-rules = rules of districts that must be kept are kept
group-none-marked = { $stage }: no school is marked as strong, and by the setting districts.marked_lead only such may lead
mend-district-count-none = { $wanted } (each a { $noun }) are wanted, and nobody may lead. Smallest way out: let { $more } schools lead ({ $leads })
mend-district-size-room = { $districts } (each a { $noun }) of { $most } schools at most take { $takes }, and there are { $schools }. Smallest ways out: allow { $relaxed } in each, or make { $other }
mend-district-size-short = { $districts } (each a { $noun }) of { $fewest } schools at least need { $takes }, and there are { $schools }. Smallest ways out: ask for { $relaxed } in each, or make { $other }
rule-district-pupils = districts have as many pupils as wanted
rule-district-pupils-community = communities have as many pupils as wanted
rule-district-pupils-group = groups have as many pupils as wanted
rule-district-pupils-pairs = pairs have as many pupils as wanted
rule-district-pupils-source = setting districts.pupils
mend-district-few-pupils = { $pupils } pupils, fewer than { $fewest }: take in schools of about { $by }, or lower the bound (setting districts.pupils)
mend-district-many-pupils = { $pupils } pupils, more than { $most }: let schools of about { $by } go, or raise the bound (setting districts.pupils)
verify-district-pupils = district { $district } has { $pupils } pupils, which is not within the bounds of districts.pupils
mend-district-kinds-few = there are { $there } (each a { $noun }), and { $wanted } in which town helps country cannot be: set districts.helping to { $there } at most
plan-pools-need-groups = districts admit together (policy.unified_admission) where they are given; these were made just now, and each school has a catchment of its own: once they are decided, plan again with districts.csv as the table of groups (--groups)
plan-districts-community =     { $districts } communities
plan-districts-group =     { $districts } groups
plan-districts-pairs =     { $districts } groups of pairs
plan-no-districts-community =     no communities were made
plan-no-districts-group =     no groups were made
plan-no-districts-pairs =     no groups of pairs were made
rule-town-with-country-community = communities have town and country schools
rule-town-with-country-group = groups have town and country schools
rule-town-with-country-pairs = groups of pairs have town and country schools
rule-district-in-one-part-community = territories of communities hang together
rule-district-in-one-part-group = territories of groups hang together
rule-district-in-one-part-pairs = territories of groups of pairs hang together
rule-district-count-community = there are as many communities as wanted
rule-district-count-group = there are as many groups as wanted
rule-district-count-pairs = there are as many groups of pairs as wanted
rule-one-district-most-group = no school is in two groups
mend-district-parts-community = { $count } parts: { $parts }. Say in districts.waivers why, or give the schools of the detached part to a neighbouring community
mend-district-parts-group = { $count } parts: { $parts }. Say in districts.waivers why, or give the schools of the detached part to a neighbouring group
mend-district-parts-pairs = { $count } parts: { $parts }. Say in districts.waivers why, or give the schools of the detached part to a neighbouring group of pairs
rule-district-lines-community = blocks go to schools of their community
rule-district-lines-group = blocks go to schools of their group
rule-district-lines-pairs = blocks go to schools of their group of pairs
mend-district-lines-community = give it to a school of its community, or lock it to the school it has here
mend-district-lines-group = give it to a school of its group, or lock it to the school it has here
mend-district-lines-pairs = give it to a school of its group of pairs, or lock it to the school it has here
group-none-group-core = { $stage }: no school can lead: mark leads in a column called lead, mark strong schools, or give data of strength
group-gap-pairs = {"  "}{ $value } km of weighed ways with what sizes, strength and mixture count, bound { $bound } with the same founding schools: at most { $gap }% above the best
group-gap-group-core = {"  "}{ $value } km of weighed ways with what sizes, strength and mixture count, bound { $bound } with the same leads: at most { $gap }% above the best
role-leads-pairs = founding school
role-member-pairs = partner
mend-weak-with-strong-pairs = let a strong school be founding school, or join a { $noun } that one leads
mend-district-count-pairs = { $wanted } (each a { $noun }) are wanted, and only { $led } schools may lead{ $unled ->
    [0] {""}
   *[other] , with { $unled } groups of pairs without a founding school beside them
}. Smallest ways out: make { $made } groups of pairs{ $size ->
    [0] {""}
   *[other] {" "}and allow { $size } schools in each
}; or let { $more } more schools lead ({ $leads })
mend-district-count-more-pairs = more schools are marked as founding schools than the { $wanted } (each of a { $noun }) wanted: take { $more } marks away
rule-marked-lead-pairs = schools of the county or good schools of the towns are founding schools
rule-marked-lead-group-core = schools of the county or good schools of the towns lead
mend-lock-lead-group-core = let { $lead } lead its { $noun }, or unlock it
mend-lock-lead-pairs = let { $lead } be the founding school of its { $noun }, or unlock it
mend-district-count-none-group-core = { $wanted } (each a { $noun }) are wanted, and nobody may lead. Smallest way out: let { $more } schools lead ({ $leads })
verify-table-head = { $file } has no column called “{ $found }”
mend-district-count-locks = { $wanted } (each a { $noun }) are wanted, { $led } lead, and { $held } more that could are locked as members of others. Smallest ways out: unlock { $more } of them; or make { $made }
mend-district-count-locks-group-core = { $wanted } (each a { $noun }) are wanted, { $led } lead, and { $held } more that could are locked as members of others. Smallest ways out: unlock { $more } of them; or make { $made }
