### Districts, groups, communities: rules of policies and their annexes

mode-merging = merging in part
mode-merging-about = lead and members merge in part; the lead hangs up a plaque
mode-helping = town helps country
mode-helping-about = town schools help country schools; who helps has no plaque of a lead
mode-one-management = one management
mode-one-management-about = staff, money and teaching are managed as one
mode-several-sites = several sites
mode-several-sites-about = one school on several sites
mode-town-and-country = town and country
mode-town-and-country-about = town and country schools are run as one
mode-on-behalf = on behalf
mode-on-behalf-about = a good school runs a new one and the like on behalf of its owner
mode-alliance = alliance
mode-alliance-about = schools stay their own and share research, courses and teachers
mode-successive = successive stages
mode-successive-about = schools of successive stages teach hand in hand
mode-integrated = integrated
mode-integrated-about = one legal person, one leadership, several sites
mode-trusteeship = trusteeship
mode-trusteeship-about = the superior stays; staff, money, teaching and review are run by the core school
mode-cooperative = cooperative
mode-cooperative-about = members stay their own, and exchange teachers and research
mode-founding = founding
mode-founding-about = a founding school and its partners, built up together by a list of pairs

noun = district
noun-community = community
noun-group = group
noun-pairs = group of pairs

district-name-community = { $lead } community
district-name-group = { $lead } group
district-name-pairs = { $lead } and partners

governance-committee = management committee
governance-council = council
governance-rotating = by turns
governance-committee-about = a management committee steers the schools
governance-council-about = the schools decide together in a council
governance-rotating-about = the schools lead by turns, none for good

level-kindergarten = kindergarten
level-primary = primary
level-junior = junior
level-nine-year = nine-year
level-senior = senior
level-special = special
level-across = across stages
level-sum = sum

approval-city = the city’s bureau decides
approval-county-told-to-city = the core school’s county decides and tells the city’s bureau
approval-county = the county decides
approval-untold = the core school is of the province, of which the document says nothing: for the joint meeting

status-draft = draft
status-submitted = submitted
status-approved = approved
status-published = published
status-carried-out = carried out

word-yes = yes
word-no = no
word-all = all
word-none = none
word-without-lead = without a lead
word-advice = advice only
word-untold = not told
word-remote-pair = remote pair

role-founds = founding school
role-is-founded-with = partner

annex-county = County
annex-year = Year
annex-governance = Governance
annex-approval = Approval
annex-status = Status
annex-approved = Approved by
annex-head = Head
annex-head-until = Term ends
annex-crosses-counties = Crosses counties
annex-crosses-stages = Crosses stages
annex-part-or-group = District or group
annex-remark = { $name } ({ $remark })
kind-district = district
kind-group = education group
role-base = base of teaching research
word-lead-untold = not told
annex-crosses-levels = Crosses levels of authority

column-teachers = teachers
column-backbone-share = share of backbone teachers
column-young-share = share up to 35 years
column-senior-share = share from 50 years on
column-backbone-gap = backbone teachers, most between two schools (points)
column-backbone-against-county = Backbone share against its county (points)
column-last-year = quality last year
column-this-year = quality this year
column-gained = gained
word-weighted-mean = mean weighted by pupils
column-km = kilometres (straight)
column-band = band (km)
column-compulsory = compulsory schools
column-covered = in a group
column-share = coverage
column-level = stage
column-memberships = Memberships
column-groups = groups
column-groups-community = communities
column-groups-pairs = groups of pairs
column-groups-group = groups
column-integrated = integrated or in trust
column-integrated-share = share integrated or in trust
column-centre-groups = in the centre
column-groups-so-far = so far
column-least-coverage = least covered county
column-lead = lead
column-partner = partner
column-rank = Rank by strength
column-strength = Strength (points)
column-tier = Tier
column-is-core = Core school
column-why-not = Why it is none
tier-strong = strong
tier-middle = middle
tier-weak = weak
candidate-teaching-point = teaching points do not lead
candidate-locked = locked as a member of { $lead }
candidate-weak = weak
candidate-unrated = nothing is known of its strength, and it is not marked as strong
candidate-not-strong = not in the strongest quarter and not marked as strong
candidate-small = fewer than { $least } pupils (districts.lead_enrolment)
candidate-not-needed = could lead, and was not chosen
column-points-between = points between
column-same-town = same town
column-remote = remote
column-eligible = teachers who could move
column-needed = have to move
column-transfer-from = from
column-transfer-to = to
column-transfer-count = backbone teachers
column-spread-before = spread of backbone teachers today
column-spread-after = after the moves
column-standard-met = indicators met
column-standard-known = indicators known
column-standard-short = below the standard
column-needed-backbone = of them backbone
column-exchanged = moved
column-exchanged-backbone = of them backbone teachers
column-needed-both = have to move / backbone
column-exchanged-both = moved / backbone
column-advice = advice only
column-facility = place
column-owners = schools that have it
column-farthest-km = farthest school from one (km)
column-superior = superior
column-value = there / asked for
column-ways = to the lead, mean / most (m)
column-ways-pairs = to the founding school, mean / most (m)
column-urban-rural = town / country
column-opened = opened
column-due = due
column-within-districts = between schools within districts (mean)
column-within-districts-community = between schools within communities (mean)
column-within-districts-pairs = between schools of a group of pairs (mean)
column-within-districts-group = between schools within groups (mean)
column-begins-first = districts of the first year
column-begins-later = districts of the next
column-status = status

unit-counties = counties
unit-districts = districts
unit-districts-community = communities
unit-districts-pairs = groups
unit-districts-group = groups
unit-teachers = teachers
unit-indicators = indicators
unit-locks = locks

factor-conditions = conditions
factor-teachers = teachers
factor-management = management
factor-quality = quality
factor-spread = spread (longest distance, km)
factor-distance = distance (mean to the lead, km)
factor-distance-pairs = distance (mean to the founding school, km)

rule-centre-size = groups led from the centre have as many schools as wanted
rule-centre-size-source = 2 to 3 members for each core school of the centre (plan for a hundred groups)
rule-district-size-source-suzhou = number of members considered (Suzhou meeting on groups; bounds reckoned from 1,436 schools in 326 groups)
rule-district-size-source-ankang = 1 to 3 members for each core school (plan for a hundred groups)
rule-district-size-source-pubei = middling size (reckoned from 404 plaques in 22 districts)
rule-district-size-source-liucheng = one or two partners for each founding school (Liucheng 2024 no. 18)
rule-weak-with-strong-source-nanchang = narrow the gap between schools of a community (Nanchang opinions on area communities)
rule-weak-with-strong-source-liucheng = strong schools lead weak ones (Liucheng 2024 no. 18)
rule-weak-with-strong-source-suzhou = good schools with weak and new ones (Suzhou meeting on groups)
rule-weak-with-strong-source-ankang = core schools are good schools (plan for a hundred groups)
rule-one-district-source-nanchang = all compulsory schools of the county (Nanchang opinions on area communities)
rule-district-locks = leads and members are as the locks have them
rule-district-locks-pairs = founding schools and partners are as the locks have them
rule-district-locks-source = table of locks
rule-district-locks-source-liucheng = list of pairs (Liucheng 2024 no. 18) and table of locks
rule-of-stage = only schools of the stage are grouped
rule-of-stage-source = the stage the rules speak of
rule-of-stage-source-liucheng = junior schools only (Liucheng 2024 no. 18)
rule-within-county = no district crosses a county line
rule-within-county-community = no community crosses a county line
rule-within-county-source = communities within the county (Nanchang opinions on area communities)
rule-led = districts have a lead
rule-led-community = communities have a lead
rule-led-pairs = groups of pairs have a founding school
rule-led-group = groups have a lead
rule-led-source = districts are led
rule-led-source-liucheng = founding schools lead partners (Liucheng 2024 no. 18)
rule-led-source-suzhou = good schools lead (Suzhou meeting on groups)
rule-led-source-ankang = core schools lead (plan for a hundred groups)
rule-led-source-nanchang = committee, council or leading by turns (Nanchang opinions on area communities)
rule-led-source-pubei = led by schools of the county or good schools of towns; where town helps country, none is needed (Pubei action plan)
rule-lead-by-decision = leads are good schools by themselves, or the reason why they lead is recorded
rule-lead-by-decision-pairs = founding schools are good schools themselves, or the reason why they lead is recorded
rule-lead-by-decision-source-liucheng = founding schools are good schools; those named by the bureau are listed (Liucheng 2024 no. 18)
rule-lead-by-decision-source = leads are chosen among good schools; those decided on are named
mend-lead-by-decision = { $what }: let a good school lead, or record why this one does and who decided it (columns reason and author of the groups, or a lock)
rule-class-size = classes are no larger than the standard (45 in primary schools, else 50)
rule-class-size-source = GB 50099-2011; from 56 pupils on a class is large
mend-class-size = { $size } pupils a class, more than { $standard }: { $classes } more classes, or { $pupils } fewer pupils, bring it to the standard
mend-large-class = large classes: { $size } pupils each (standard { $standard }): { $classes } more classes, or { $pupils } fewer pupils, bring it to the standard
rule-mode = groups are run in one of the modes there are
rule-mode-source = modes of the rules
rule-mode-source-liucheng = founding schools and partners in pairs (Liucheng 2024 no. 18)
rule-mode-source-suzhou = six modes (Suzhou meeting on groups)
rule-mode-source-ankang = integrated, trusteeship, cooperative (plan for a hundred groups)
rule-mode-source-pubei = merging in part, town helps country (Pubei action plan)
rule-pilots = counties that begin have as many districts as wanted in the first year, and others none
rule-pilots-source = counties that begin have 1 to 2 districts in the first year
rule-new-in-group = every new public school is in a group
rule-new-in-group-source = new schools join
rule-new-in-group-source-suzhou = all new public compulsory schools join (Suzhou meeting on groups)
rule-new-in-group-source-ankang = new schools join on principle (plan for a hundred groups)
rule-weak-in-centre = every weak school of the centre has a strong core school
rule-weak-in-centre-source = all weak schools of the centre within three years (plan for a hundred groups)
rule-central-school = teaching points are in the group of the central school of their town
rule-central-school-source = central school and small sites of a town as one (plan for a hundred groups)
rule-coverage = enough compulsory schools are in a group
rule-coverage-source = 98 % by the end of 2024 (Suzhou meeting on groups; 99.73 % at the time)
rule-coverage-goal = all compulsory schools are in a group
rule-coverage-goal-source = all within two or three years (Suzhou meeting on groups)
rule-group-total-new = enough new groups (those there were do not count)
rule-group-total-new-source = 100 groups within three years (plan for a hundred groups, which leaves open whether the 46 before count)
rule-group-total-all = enough groups with those there were
rule-group-total-all-source = 100 groups within three years (plan for a hundred groups, which leaves open whether the 46 before count)
rule-phase-groups = enough groups begin each year
rule-phase-groups-source = 50, 25 and 25 in 2022 to 2024 (plan for a hundred groups)
rule-phase-coverage = each county is covered far enough each year
rule-phase-coverage-source = 50, 70 and 80 % of each county in 2022 to 2024 (plan for a hundred groups)
rule-phase-centre = enough groups of the right modes begin in the centre
rule-phase-centre-source = 12 in the centre in 2022, 60 % of them integrated or in trust (plan for a hundred groups)
rule-phase-integrated = enough groups are integrated or in trust
rule-phase-integrated-source = 30, 15 and 15 a year, which is 60 % (plan for a hundred groups)
rule-approved-first = groups are approved before they are carried out
rule-approved-first-source = a plan is carried out after it was approved
rule-approved-first-source-ankang = plans are carried out and published once the joint meeting has agreed; groups are approved by whoever their core school belongs to (plan of a hundred groups)
rule-approved-first-source-nanchang = plans are submitted to the city’s bureau before they are carried out (Nanchang, communities of schools)
rule-head-in-office = every group has a head whose term is not over
rule-head-in-office-source = list of heads and setting policy.head_years
rule-head-in-office-source-pubei = one head, for three years, elected, by turns or appointed (Pubei district action plan)
rule-exchange = enough teachers change schools
rule-exchange-source = share of teachers who change schools each year
rule-exchange-source-suzhou = 20 % of those who could, each year (Suzhou meeting on groups)
rule-exchange-source-ankang = 10 % of those who could, each year (review sheet of the plan for a hundred groups, item 4)
rule-exchange-backbone = enough of them are backbone teachers
rule-exchange-backbone-source = a share of those who change schools are backbone teachers
rule-managers-sent = share of its managers a lead sends to members
rule-managers-sent-source = setting policy.staff_advice
rule-managers-sent-source-ankang = integrated groups and those in trust that cross levels or counties: at most 50 % of the managers of the core school (plan for a hundred groups, advice)
rule-performance-share = share of pay that goes by performance
rule-performance-share-source = setting policy.staff_advice
rule-performance-share-source-ankang = at least 60 % (plan for a hundred groups, advice)
rule-first-post = years new teachers are at the core school first
rule-first-post-source = setting policy.staff_advice
rule-first-post-source-ankang = one or two years (plan for a hundred groups, advice)
rule-school-standard = schools meet the standard of the seven indicators
rule-school-standard-source = six of the seven in full, the other by 85 % (national standard of balanced education, 2017 no. 6)
rule-school-spread = the spread between schools meets the standard
rule-school-spread-source = coefficient of variation of each indicator at most 0.50 in primary, 0.45 in junior schools (national standard, 2017 no. 6)

mend-managers-sent = { $sent } of { $managers } managers are sent, { $share }%; at most { $most }
mend-managers-sent-elsewhere = { $sent } of { $managers } managers are sent, { $share }%; at most { $most } (the document asks it of integrated groups and those in trust that cross levels or counties: here it is only a hint; with only_crossing = true it is not judged)
mend-performance-share = { $share }% of pay goes by performance, and { $least }% should
mend-first-post = { $years } years at the core school, and { $fewest } to { $most } are advised
mend-short-of = { $indicator } { $value } (standard { $least })
mend-school-standard = below the standard: { $short }
mend-school-spread = { $stage }, { $indicator }: { $value }, above { $most }; exchange of teachers and resources lowers it, grouping does not
rule-same-level = groups are of one level
rule-same-level-source = groups of one level; those of several join successive stages
rule-same-authority = groups are under authorities of one level
rule-same-authority-source = setting policy.same_authority (the plan allows to cross levels, which may be forbidden by itself)
mend-same-authority = its schools are under { $levels }: split it by the level of their authorities
authority-province = the province
authority-city = the city
authority-county = counties
authority-town = towns

untold-urban = the table of schools does not tell town from country: give the column urban
untold-weak = the table of schools marks no weak schools and has nothing to reckon strength from: give the column weak, or strength
untold-strength = neither the strength of these schools is known nor are they marked as strong
untold-classes = the table of schools has no classes: give the column classes
untold-new = the table of schools does not say which are new: give the column new
untold-new-since = the table of schools has neither the column new nor the years in which schools opened; with these, schools that opened in { $year } or later count as new
untold-centre = the table of schools does not say which stand in the centre: give the column centre
untold-centre-weak = the table of schools does not say which stand in the centre, and marks no weak schools: give both
untold-central = there are teaching points or small schools, but no school is marked as the central one of its town: give the column central
untold-exchange = the tables do not say how many teachers could change schools and did: give the columns eligible_teachers and exchanged_teachers
untold-exchange-backbone = the tables do not say how many backbone teachers changed schools, or no teacher did: give the column exchanged_backbone
untold-exchange-advice = all groups are of several levels, of which exchange is only advised
untold-managers-sent = the tables do not say how many managers leads have and send (the document only advises it)
untold-performance = the tables do not say how much of pay goes by performance (the document only advises it)
untold-first-post = the tables do not say where new teachers are first (the document only advises it)
untold-indicators = the table of schools has none of the seven indicators
untold-head = no heads are named: give the columns head and head_since in the table of groups

mend-same-level = its schools are of several levels: split it by level
mend-same-level-or-successive = its schools are of several levels: split it by level, or call its mode successive
mend-lead-by-decision-reason = { $what }; decided because: { $reason }
mend-lead-by-decision-author = { $what }; decided because: { $reason } ({ $author })
lead-not-strong = not in the strongest quarter and not marked as strong
lead-strength-unknown = nothing is known of its strength, so that nobody can say whether it is a good school
mend-lock-stage = only schools of the stage { $stage } are grouped: this lock speaks of others and cannot be kept; take it out
mend-lock-across = locked to { $lead }, but the two stand in { $first } and { $second }, and no district crosses counties: take the lock out
mend-lock-across-counties = locked to { $lead }, but the two stand in { $first } and { $second }, and groups of the years are made county by county: take the lock out, or set policy.across_counties = true
mend-lock-contradiction = row { $first_row } of the locks ({ $first }) and row { $second_row } ({ $second }) contradict each other: keep one
lock-as-lead = { $school } leads
lock-as-member = { $school } with { $lead }
mend-lock-apart = locked to { $lead }, but { $why }: take the lock out, or change that setting
lock-apart-stages = the two are of different levels, which are grouped apart (policy.same_level = true; false lets groups cross them)
lock-apart-authorities = the two are under authorities of different levels, which are grouped apart (policy.same_authority = true)
lock-apart-centre = one stands in the centre and one does not, and the centre is grouped by itself (policy.centre_schools)

mend-of-stage = not a school of this stage: take it out of the { $noun }
mend-within-county = it has schools of { $counties }: split it by county
mend-county-untold = say in the column county where the school stands
mend-led = name a lead
mend-led-helping = nobody helps in a district where town helps country: name one or more helping schools in the column role
mend-led-or-by-turns = name a lead, or say that schools lead by turns
mend-mode = say how it is run, one of: { $modes }
mend-pilot-county = the table of schools has no such county (it has: { $names }): mend the name, or the setting policy.pilot_counties
mend-pilot-county-none = the table of schools does not say where schools stand: give the column county
rule-pilot-counties = the counties that begin are in the table
rule-pilot-counties-source = list of counties that begin
mend-centre-untold = no school of the table says that it stands in the centre: fill in the column centre
mend-pilots = there are { $count } districts in the first year, and { $fewest } to { $most } are wanted
mend-pilot-elsewhere = not in a county that begins: let it begin a year later

mend-new-in-group-full = all groups are full: name another core school ({ $leads }), or allow more schools
mend-weak-in-centre = put the school into a group with a strong core school
mend-weak-in-centre-full = all groups with a strong core school are full: name another strong core school ({ $leads }), or allow more schools (policy.centre_schools, districts.schools)
mend-weak-in-centre-none = no group has a strong core school: name one ({ $leads })
mend-and-relax = { $mend }. Why, and ways out: { $relax }
relax-leads = only { $leads } schools may lead, each { $noun } has { $most } schools at most, so that { $takes } can be in one. The smallest ways out: { $more } more leads ({ $names }), or up to { $size } schools in each
relax-no-leads = no school may lead. First { $more } would have to be approved ({ $names })
relax-number = only { $leads } schools may lead. The smallest ways out: { $more } more leads ({ $names }), or fewer to be formed
mend-weak-in-centre-late = its group { $group } begins in { $year }, after the last year { $last }: let it begin earlier, or give the school to a group that has begun
mend-central-school = put it into the group of { $school }
mend-coverage = put the school into a { $noun }
mend-coverage-leads = the { $districts } leads take { $most } schools at most (themselves included), and all have as many. Smallest ways out: let { $more } more schools lead ({ $leads }); or let groups have { $size } schools
mend-group-total = form { $more } more ({ $leads }); there were { $before } before
mend-leads-by-strength = the strongest that do not lead yet are { $names }
mend-leads-by-pupils = nobody knows how strong they are; marked as strong, or with most pupils: { $names }
mend-leads-none = no other school could lead
mend-phase-groups = { $there } begin in the year, and { $wanted } are wanted
mend-phase-coverage = in { $year } { $share }% are covered, less than { $wanted }%: { $schools } more schools are needed
mend-phase-centre = { $there } begin in the centre in the year, and { $wanted } are wanted
mend-phase-integrated = { $integrated } of { $groups } are integrated or in trust, { $share }%<{ $wanted }%: { $short } more are needed
mend-approved-first = have it approved first ({ $route }), put number or date into the column approved, then call it carried out
mend-approved-first-untold = have it approved first, put number or date into the column approved, then call it carried out; who decides is known once schools have their county and superior
mend-head = name a head
mend-head-term = the term of { $head } is over in { $until }: choose a new head, or the same again
mend-exchange = { $there } moved, and { $needed } have to

policy-all-groups = all groups
basis-nanchang = Basis: opinions of Nanchang on communities of compulsory schools of an area. Principles: near, of moderate size, working closely, improving.
basis-liucheng = Basis: trial of strong junior schools 2024–2026, Liucheng 2024 no. 18.
basis-suzhou = Basis: Suzhou meeting on groups of schools, 27 March 2024.
basis-ankang = Basis: plan for a hundred groups in three years, 2022–2024, with its annexes.
basis-pubei = Basis: three-year action plan 2020–2022 for school districts, Pubei. Principles: town with country, strong with weak, relatively near.
grouping-whole-plan-approval = The plan as a whole is approved by the joint meeting; each group by whom its core school belongs to and whether it crosses counties, see the column “Approval”.
milestones-nanchang =
    by 17 April 2023: counties that begin submit their plans to the city’s bureau
    first half of 2023: their communities are formed, for three years
    by the end of December 2023: all other counties submit theirs
    from the first half of 2024: their communities are formed
milestones-liucheng =
    2024 to 2026: trial of three years
    every year: one round of inspection; the inspector visits every month
milestones-suzhou =
    end of 2024: 98 % covered
    within two or three years: all covered
    every year: teachers change schools
milestones-ankang =
    April 2022: a time limit, of which the document leaves open what is due
    May 2022: a time limit, of which the document leaves open what is due
    July 2022: a time limit, of which the document leaves open what is due
    August 2022: the districts are carried out and published once the joint meeting has agreed
    December 2022: a time limit, of which the document leaves open what is due
    December 2023: a time limit, of which the document leaves open what is due
    every quarter: joint meeting
    by 31 August, 30 September and 31 October of every year: review by itself, by the county, by the city
milestones-later = These are the dates as the document has them. It begins in { $written } and this grouping in { $asked }: all of them come { $years } years later, on days that are still to be set.
milestones-earlier = These are the dates as the document has them. It begins in { $written } and this grouping in { $asked }: all of them come { $years } years earlier, on days that are still to be set.
milestones-pubei =
    March to May 2020: survey
    June 2020 to August 2021: first round
    August and September 2021: review
    October 2021 to December 2022: second round
policy-due-pilot = submitted by 17 April 2023
policy-due-later = submitted by the end of December 2023

grouping-title = Groups of schools: { $county }
grouping-verdict = { $must ->
    [0] All rules that must be kept are kept
    [one] One rule that must be kept is broken
   *[other] { $must } rules that must be kept are broken
}{ $should ->
    [0] , and all that should be.
    [one] , and one that should be is not.
   *[other] , and { $should } that should be are not.
}{ $untold ->
    [0] {""}
    [one] {" "}One that must be kept cannot be told.
   *[other] {" "}{ $untold } that must be kept cannot be told.
}{ $open ->
    [0] {""}
    [one] {" "}One that should be kept cannot be told.
   *[other] {" "}{ $open } that should be kept cannot be told.
} The rules are listed one by one below.
grouping-summary = { $grouped } of { $schools } schools{ $others ->
    [0] {""}
   *[other] {""} and { $others } kindergartens or schools of other stages
} are in { $districts } districts. Plaques: { $lead } of leads, { $member } of members. Members are { $mean } m from their leads on average (straight, gate to gate).
grouping-summary-community = { $grouped } of { $schools } schools{ $others ->
    [0] {""}
   *[other] {""} and { $others } kindergartens or schools of other stages
} are in { $districts } communities. Plaques: { $lead } of leads, { $member } of members. Members are { $mean } m from their leads on average (straight, gate to gate).
grouping-summary-pairs = { $grouped } of { $schools } schools{ $others ->
    [0] {""}
   *[other] {""} and { $others } schools of other stages
} are paired, in { $districts } groups: founding schools { $lead }, partners { $member }. { $mean } m from partners to their founding schools on average (straight, gate to gate).
grouping-summary-group = { $grouped } of { $schools } schools{ $others ->
    [0] {""}
   *[other] {""} and { $others } kindergartens or schools of other stages
} are in { $districts } groups. Plaques: { $lead } of leads, { $member } of members. Members are { $mean } m from their leads on average (straight, gate to gate).
grouping-summary-both = Of { $schools } schools, { $grouped } are in a district or an education group, of which there are { $districts }. Plaques, those of districts: { $lead } of leads and { $member } of members. Members are { $mean } m from their lead on average (straight, gate to gate).
grouping-covered = Of { $schools } compulsory schools { $covered } are in a group, { $share }; of { $pupils } pupils { $pupil_share }.
grouping-kinds = Of these { $districts } are districts, of which every school has one, and { $groups } are education groups that lie over them; a school may be in several.
grouping-in-several = Schools in several groups, as they may be (leads have the members of all counted together), { $count }: { $schools }{ $more ->
    [0] .
   *[other] , and { $more } more.
}
grouping-arcs = Who helps whom
grouping-arcs-note = Each school that is helped has the nearest helping school of its district; the difference of strength is that of the helping school less the other. Where the office has arranged it otherwise, that holds.
grouping-outside = { $count } schools are in none: { $names }{ $more ->
    [0] .
   *[other] , and { $more } more.
}
grouping-factors = The six grounds of division
grouping-weights = Strength weighs the first four: conditions { $conditions }, teachers { $teachers }, management { $management }, quality { $quality }; the other two are geometry. Means over the schools of a { $noun }, 0 to 1.{ $missing ->
    [0] {""}
   *[other] {" "}“—” stands for what the table of schools does not tell; strength is weighed from what it tells.
}
grouping-pairs = Pairs
grouping-years = Year by year
grouping-coverage = Coverage by county
grouping-levels = By stage
grouping-mean-size = A district has { $schools } schools and { $pupils } pupils on average.
grouping-mean-size-community = A community has { $schools } schools and { $pupils } pupils on average.
grouping-mean-size-group = A group has { $schools } schools and { $pupils } pupils on average.
grouping-exchange = Teachers who change schools
grouping-exchange-rule = { $eligible }% of the teachers who could have to change schools every year, and { $backbone }% of these (judged of those who moved) are backbone teachers; rounded up.{ $advice ->
    [0] {""}
   *[other] {" "}Across stages this is advice only.
}
grouping-transfers = Backbone teachers who could move
grouping-transfers-note = As many as have to move, one after the other, within a group from schools with more of them per pupil to schools with fewer, each the move that narrows the gap most; none that does not narrow it. This is reckoned, not decided.
grouping-standard = Schools by the national standard
grouping-standard-note = Six of the seven indicators in full and the other by 85 % (2017 no. 6); teaching points do not count. Of { $judged } schools that can be judged, by stage, { $met } meet it; of { $unknown } too little is known. Each school stands in standard.csv.
grouping-new-schools = New schools
grouping-spread = Coefficients of variation between schools
grouping-spread-note = Weighted by pupils. Each indicator and the column “before” tell how unlike schools are; “after” takes each { $noun } for one school. Grouping changes what lies between one { $noun } and another and never what lies between schools: that takes staff and means that move. Less is more even. Each { $noun } by itself stands in spreads.csv.
grouping-milestones = Dates
grouping-modes = Modes
grouping-mode = { $mode }: { $about }.
grouping-method-given = Each { $noun } is as it was given, and nothing was grouped anew; the rules are judged one by one. “xuequ verify” looks once more at who is where, sizes, county lines, coverage, years and locks; the other verdicts are this report’s.
grouping-method = Leads are chosen among those who may lead so that the ways from all schools to the nearest lead are shortest; members by nearness, size and strength, by annealing. Same input, settings and seed, same result. The rules are judged by other code; “xuequ verify” looks once more at sizes, county lines, coverage, years and locks, and the other verdicts are this report’s.

grouping-method-pairs = Founding schools and partners are those of the table of locks and of the marks of schools; partners that nobody locked are given by nearness, size and strength. Same input, settings and seed, same result. The rules are judged by other code; “xuequ verify” looks once more at sizes and locks, and the other verdicts are this report’s.
grouping-method-years = Years are such that the centre and every county are covered as asked, then groups with most weak schools come first.
grouping-method-pilots = Counties that begin form the communities first that are led, have most weak schools and are near; the others follow a year later.
grouping-following = Where schools are written “2 + 1”, teaching points and small schools that go with their central school stand behind the plus; bounds of size do not count them.

grouping-bound = What was made least comes to { $total } km: ways of { $ways } km in all (without schools that go with a central one), which weigh { $weight }, { $near } km, what long ones count on top { $far } km, what sizes off the mean count { $size } km, what strength above or below the mean counts { $pair } km, what districts without town or country schools count { $mix } km. With the same leads no grouping that keeps sizes and locks has less than { $bound } km (proved by { $file }, and again by “xuequ verify”), so that this one is at most { $gap } % above the best.
grouping-bound-pairs = What was made least comes to { $total } km: ways of { $ways } km in all, which weigh { $weight }, { $near } km, what long ones count on top { $far } km, what sizes off the mean count { $size } km, what strength above or below the mean counts { $pair } km, what districts without town or country schools count { $mix } km. With the same founding schools no grouping that keeps sizes and locks has less than { $bound } km (proved by { $file }, and again by “xuequ verify”), so that this one is at most { $gap } % above the best.
grouping-bound-solver = The solver { $solver } says that nothing is below { $bound } km, so that this one is at most { $gap } % above the best. It gives no proof that could be gone through again.

frontier-title = Groupings to choose between: ways to leads and spread between one { $noun } and another ({ $stage })
frontier-point = grouping
frontier-near = mean way to the lead (m)
frontier-size = spread of size
frontier-equity = spread of strength between districts
frontier-equity-community = spread of strength between communities
frontier-equity-group = spread of strength between groups
frontier-equity-pairs = spread of strength between groups of pairs
frontier-weak = weak schools without a strong lead
frontier-change = schools with another lead
frontier-weights = weights (near / size / pair)
frontier-most = most imbalance
frontier-knee = bend
frontier-picked = picked
frontier-legend-knee = the bend
frontier-legend-picked = the grouping that is written
frontier-legend-size = size: dark even, pale uneven

grouping-frontier = Groupings to choose between
grouping-frontier-note = Each objective stands by itself, and no score is made of them; none of these groupings is worse than another in all. The spread of size is the sum of (schools of each { $noun } ÷ mean − 1)²; the bend is nearest to the best of each objective, each counted from 0 at its best to 1 at its worst here. --pick takes another one.

map-title-groups = Groups of schools: { $county } ({ $stage })
map-subtitle-groups = { $districts } districts, { $schools } schools{ $outside ->
    [0] {""}
   *[other] , { $outside } in none
}
map-subtitle-groups-community = { $districts } communities, { $schools } schools{ $outside ->
    [0] {""}
   *[other] , { $outside } in none
}
map-subtitle-groups-group = { $districts } groups, { $schools } schools{ $outside ->
    [0] {""}
   *[other] , { $outside } in none
}
map-subtitle-groups-pairs = { $districts } groups of pairs, { $schools } schools{ $outside ->
    [0] {""}
   *[other] , { $outside } in none
}
map-internal = Internal
legend-lead-pairs = founding school
legend-lead-helping = lead, or the school that helps
legend-member-pairs = partner
legend-member-helping = member, or a school that is helped
legend-member = member
legend-outside = school in no district
legend-group-line-pairs = from a partner to its founding school
legend-remote-line = remote pair
legend-group-line = member and lead
legend-group-over = education group (lies over districts)
legend-group-hue = a district has one colour, its neighbours have others
legend-group-hue-community = a community has one colour, its neighbours have others
legend-group-hue-group = a group has one colour, its neighbours have others
legend-group-hue-pairs = a group of pairs has one colour, its neighbours have others

grouping-table = `{ $file }`: { $about }
grouping-tables = Tables
attached-annex-pairs = the annex: names, kinds, founding schools, partners and plaques
attached-annex = the annex: names, kinds, leads, members and plaques
attached-plaques = the plaques, school by school
attached-districts = who is where and as what; edit it and have it judged with --groups
attached-ways-pairs = kilometres to the founding school, school by school, in bands
attached-ways = kilometres to the lead, school by school, in bands
attached-coverage = coverage by county and year
attached-uncovered = compulsory schools that are in none
attached-levels = numbers by stage
attached-years = numbers by year
attached-pairs = the pairs
attached-arcs = helping schools and those they help
attached-candidates = schools by strength, who leads, and why the others do not
attached-exchange = teachers who have to change schools, and who did
attached-transfers = backbone teachers who could move
attached-standard = each school by the national standard
attached-spreads = the seven coefficients of variation of all, of each county and of each that was formed
attached-facilities = who has which place, and how far the farthest school is from one
attached-superiors = schools by superior, with what they are
attached-staff = the make-up of teachers, compared with the county
attached-yearly = quality of this year and the last, by school and weighted by pupils
attached-frontier = the groupings to choose between

grouping-detours = Members whose lead is not the nearest
grouping-detours-note = { $count ->
    [one] One member is
   *[other] { $count } members are
} in a { $noun } whose lead is not the nearest they could have, { $long } of them by a kilometre and more. The reason is what moving that one school, and nothing else, would do. All: detours.csv.
column-nearest-lead = Nearest lead
column-nearest-km = kilometres to it
column-detour-reason = Why not there
detour-locked = a lock
detour-full = that { $noun } has { $most } schools, the most there may be
detour-fewest = the own { $noun } would have fewer than { $fewest } schools
detour-mixture = the own { $noun } would lose its only town or its only country school
detour-strength = strong with weak: the two (each a { $noun }) would be { $after } points off the mean instead of { $before }
detour-size = the sizes of the two (each a { $noun }) would be less alike
detour-whole = how all schools fit together
attached-detours = Members whose lead is not the nearest, with the reason
rule-exchange-backbone-source-suzhou = at least 20 % of those who change schools are backbone teachers (Suzhou, meeting on groups)
rule-exchange-backbone-source-ankang = at least 20 % of those who change schools are backbone teachers (three-year plan, annex, item 4)
rule-class-size-source-pubei = GB 50099-2011; from 56 pupils on a class is large, which is to be mended (Pubei, action plan)
rule-lead-by-decision-source-ankang = core schools are chosen among strong ones; those named by decision are listed (three-year plan)
rule-lead-by-decision-source-suzhou = strong schools lead; those named by decision are listed (Suzhou, meeting on groups)
rule-lead-by-decision-source-pubei = led by schools of the county or good ones of towns; those named by decision are listed (Pubei, action plan)
rule-same-level-source-suzhou = groups of one level; those of several join successive stages (Suzhou, meeting on groups)
rule-pilots-source-nanchang = 1 to 2 districts in each of five counties (Nanchang, district communities)
rule-pilot-counties-source-nanchang = list of counties that begin (Nanchang, district communities)
unit-years = years
unit-percentage-points = percentage points
grouping-title-community = Districts of schools of { $county }
grouping-title-group = Groups of schools of { $county }
grouping-title-pairs = Pairs of schools of { $county }
grouping-appendix = Annex: how it is reckoned
word-superior-untold = not told
column-measured = measured
column-limit = asked
column-unit = unit
column-measured-of = of what
column-untold = why nobody can tell
column-rule-id = rule id
column-breaker = who
column-amount = by how much
column-mend = what mends it
unit-share = share
unit-coefficient = coefficient
attached-rules = each rule with its source, verdict, what was measured and asked for
attached-breaches = who breaks a rule, and what mends it
attached-plaques-community = school by school, where it is and what it is there
attached-plaques-group = school by school, where it is and what it is there
attached-plaques-pairs = school by school, where it is and what it is there
attached-annex-community = annex: names, leads, members and schools
attached-annex-group = annex: names, kinds, leads, members and schools
annex-plaques-community = schools
annex-plaques-group = schools
annex-plaques-pairs = schools
plaques-count-community = count
plaques-count-group = count
plaques-count-pairs = count
column-before-community = before: between schools (mean of seven)
column-before-group = before: between schools (mean of seven)
column-before-pairs = before: between schools (mean of seven)
rule-district-locks-group-core = leads and members are as the locks have them
rule-led-group-core = groups have a lead
rule-lead-by-decision-group-core = leads that were decided on are good schools by themselves
mend-led-group-core = name a lead
mend-coverage-leads-group-core = the { $districts } leads take { $most } schools at most (themselves included), and all have as many. Smallest ways out: let { $more } more schools lead ({ $leads }); or let groups have { $size } schools
grouping-summary-group-core = { $grouped } of { $schools } schools{ $others ->
    [0] {""}
   *[other] {""} and { $others } kindergartens or schools of other stages
} are in { $districts } groups. Plaques: { $lead } of leads, { $member } of members. Members are { $mean } m from their leads on average (straight, gate to gate).
grouping-method-group-core = Leads are chosen among those who may lead so that the ways from all schools to the nearest lead are shortest; members by nearness, size and strength, by annealing. Same input, settings and seed, same result. The rules are judged by other code; “xuequ verify” looks once more at sizes, county lines, coverage, years and locks, and the other verdicts are this report’s.
grouping-bound-group-core = What was made least comes to { $total } km: ways of { $ways } km in all (without schools that go with a central one), which weigh { $weight }, { $near } km, what long ones count on top { $far } km, what sizes off the mean count { $size } km, what strength above or below the mean counts { $pair } km, what districts without town or country schools count { $mix } km. With the same leads no grouping that keeps sizes and locks has less than { $bound } km (proved by { $file }, and again by “xuequ verify”), so that this one is at most { $gap } % above the best.
column-ways-group-core = to the lead, mean / most (m)
frontier-near-group-core = mean way to the lead (m)
frontier-weak-group-core = weak schools without a strong lead
frontier-change-group-core = schools with another lead
legend-group-line-group-core = member and lead
attached-annex-group-core = annex: names, kinds, leads, members and schools
attached-ways-group-core = kilometres to the lead, school by school, in bands
mend-exchange-backbone = { $there } backbone teachers changed schools, { $needed } are asked for
grouping-with-share = { $count } ({ $share })
untold-managers-crossing = no group that is run as one or in trust crosses levels or counties, of which alone it is asked (only_crossing of the setting policy.staff_advice)
grouping-targets = Targets
attached-targets = targets, met or not
column-school-from = from
column-school-to = to
column-straight-metres = straight metres
attached-distances = straight distances between the schools of each district, gate to gate
relax-leads-group-core = only { $leads } schools may lead, each { $noun } has { $most } schools at most, so that { $takes } can be in one. The smallest ways out: { $more } more leads ({ $names }), or up to { $size } schools in each
relax-no-leads-group-core = no school may lead. First { $more } would have to be approved ({ $names })
relax-number-group-core = only { $leads } schools may lead. The smallest ways out: { $more } more leads ({ $names }), or fewer to be formed
mend-lead-by-decision-group-core = { $what }: let a good school lead, or record why this one does and who decided it (columns reason and author of the groups, or a lock)
word-incomplete = not enough known
untold-some-indicators = nothing is known of { $names } among the seven indicators; the others are within the limit
untold-standard = too little is known of the seven indicators of any school
grouping-with-asked = { $there }; { $asked } asked
column-not-integrated = Other groups
rule-within-county-group = no group crosses a county line
rule-within-county-pairs = no group of pairs crosses a county line
factor-distance-group-core = distance (mean to the lead, km)
grouping-detours-pairs = Partners whose founding school is not the nearest
grouping-detours-group-core = Members whose lead is not the nearest
grouping-detours-note-pairs = { $count ->
    [one] One partner is
   *[other] { $count } partners are
} in a { $noun } whose founding school is not the nearest they could have, { $long } of them by a kilometre and more. The reason is what moving that one school, and nothing else, would do. All: detours.csv.
grouping-detours-note-group-core = { $count ->
    [one] One member is
   *[other] { $count } members are
} in a { $noun } whose lead is not the nearest they could have, { $long } of them by a kilometre and more. The reason is what moving that one school, and nothing else, would do. All: detours.csv.
column-nearest-lead-pairs = Nearest founding school
column-nearest-lead-group-core = Nearest lead
column-nearest-km-pairs = kilometres to it
column-nearest-km-group-core = kilometres to it
attached-detours-pairs = Partners whose founding school is not the nearest, with the reason
attached-detours-group-core = Members whose lead is not the nearest, with the reason
frontier-title-pairs = Groupings to choose between: ways to founding schools and spread between one { $noun } and another ({ $stage })
frontier-title-group-core = Groupings to choose between: ways to leads and spread between one { $noun } and another ({ $stage })
frontier-near-pairs = mean way to the founding school (m)
frontier-weak-pairs = weak schools without a strong founding school
frontier-change-pairs = schools with another founding school
word-without-lead-pairs = without a founding school
word-without-lead-group-core = without a lead
relax-leads-pairs = only { $leads } schools may lead, each { $noun } has { $most } schools at most, so that { $takes } can be in one. The smallest ways out: { $more } more founding schools ({ $names }), or up to { $size } schools in each
relax-no-leads-pairs = no school may lead. First { $more } would have to be approved ({ $names })
relax-number-pairs = only { $leads } schools may lead. The smallest ways out: { $more } more founding schools ({ $names }), or fewer to be formed
mend-lead-by-decision-pairs = { $what }: let a good school be founding school, or record why this one does and who decided it (columns reason and author of the groups, or a lock)
grouping-in-several-group-core = Schools in several groups, as they may be (leads have the members of all counted together), { $count }: { $schools }{ $more ->
    [0] .
   *[other] , and { $more } more.
}
mend-led-or-by-turns-group-core = name a lead, or say that schools lead by turns
mend-led-pairs = name a founding school
map-title-groups-pairs = Pairs of schools: { $county } ({ $stage })
map-title-groups-community = Communities of schools: { $county } ({ $stage })
map-title-groups-group = Groups of schools: { $county } ({ $stage })
legend-outside-pairs = school in no pair
legend-outside-group = school in no group
legend-outside-community = school in no community
attached-spreads-community = the seven coefficients of variation of all, of each county and of each that was formed
attached-spreads-group = the seven coefficients of variation of all, of each county and of each that was formed
attached-spreads-pairs = the seven coefficients of variation of all, of each county and of each that was formed
rule-central-school-outside = { $rule } ({ $count } teaching points and small schools are in no group)
detour-strength-own-county = strong with weak: the two (each a { $noun }) would be { $after } points off the mean of their county instead of { $before }
detour-strength-city = strong with weak: the two (each a { $noun }) would be { $after } points off the mean of the city instead of { $before }
grouping-watched = Teachers, quality and facilities
grouping-watched-note = For each { $noun }: the share of backbone teachers, how far its schools are apart in quality and by how much more or less than last year (less than nothing where they came closer), and the longest straight way from a school to the nearest laboratory. School by school: staff.csv, yearly.csv and facilities.csv.
column-quality-gap = largest gap in quality
column-quality-gap-change = against last year
column-laboratory-km = longest way to a laboratory (km)
