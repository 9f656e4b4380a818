### Map sheets

map-draft = Internal draft, not published
map-subtitle-districts-public = { $districts } districts · { $schools } schools · { $seats } seats
map-subtitle-public = { $schools } schools · { $seats } seats
map-approval = Review number of the map (or why it needs none): { $value }
map-version = Version: { $version } fingerprint of the scheme: { $number }
map-number = Fingerprint of the scheme: { $number }
map-office = Published by { $office }
sheet-title = { $title } · { $part }
sheet-overview = Overview
sheet-changes = Compared with today
sheet-pressure = Use of seats
sheet-distance = Distance to school
sheet-districts = Districts
sheet-schools = Catchments of schools
sheet-subtitle-district = { $schools } schools · { $pupils } pupils · { $seats } seats
sheet-subtitle-district-public = { $schools } schools · { $seats } seats
clause-sheet-district = { $value } ·{" "}
sheet-subtitle-school = { $district }{ $blocks } blocks · { $pupils } pupils · { $seats } seats
sheet-subtitle-changes = { $blocks } blocks change · { $pupils } pupils concerned
sheet-subtitle-pressure = { $pupils } pupils · { $seats } seats · { $percent } % used in all
sheet-subtitle-pressure-public = { $seats } seats
sheet-subtitle-distance = mean { $mean } m · 95 % of pupils within { $far } m · { $percent } % of pupils within { $radius } m
sheet-change = { $from } → { $to }
sheet-blocks = { $blocks ->
    [one] { $blocks } block
   *[other] { $blocks } blocks
}
pressure-below = below { $high } %
pressure-between = { $low } %–{ $high } %
pressure-over = above 100 %
pressure-hidden = fewer than 5 pupils, not shown
pressure-percent = { $percent } %
distance-up-to = up to { $high } m
distance-between = { $low }–{ $high } m
distance-beyond = beyond { $low } m
legend-class-schools = { $class } ({ $schools ->
    [one] { $schools } catchment
   *[other] { $schools } catchments
})
legend-class-blocks = { $class } ({ $blocks ->
    [one] { $blocks } block
   *[other] { $blocks } blocks
})
legend-metres = Small figures: metres to school.
legend-catchments-head = Catchments
legend-own-catchment = this catchment
legend-other-catchments = other catchments
legend-other-school = other school
legend-shared = shared by a pool of schools
legend-locked = locked to its school
legend-changed = changes: in the colour of the proposed school
legend-unchanged = unchanged
legend-arrow = to the proposed school
legend-border-today = today's border, to be dropped
legend-border-proposed = proposed catchment border
legend-street = street
legend-figures-left-out = { $count } figures found no room; see the table of blocks.
legend-not-written = Not named on the map: { $names }.
atlas-title = { $county }: maps of the catchments{ $status }
atlas-title-groups = { $county }: maps of the groups of schools{ $status }
sheet-counties = Counties
atlas-sheet = Sheet
atlas-ratio = Scale
atlas-indexed = Names shown as numbers
atlas-files = Files
atlas-note = The maps are sketches: the written description decides.
error-font-read = The font file { $file } cannot be read: { $detail }
error-glyphs-missing = The maps have characters the font lacks: { $characters }; name a font file that has them with “--font” or [publish] font
error-sheet-convert = The sheet { $file } cannot be converted: { $detail }
map-subtitle-districts-public-community = { $districts } communities · { $schools } schools · { $seats } seats
map-subtitle-districts-public-group = { $districts } groups · { $schools } schools · { $seats } seats
map-subtitle-districts-public-pairs = { $districts } groups of pairs · { $schools } schools · { $seats } seats
sheet-districts-community = Communities
sheet-districts-group = Groups
sheet-districts-pairs = Groups of pairs
atlas-title-groups-community = { $county }: maps of the communities of schools{ $status }
atlas-title-groups-group = { $county }: maps of the groups of schools{ $status }
atlas-title-groups-pairs = { $county }: maps of the pairs of schools{ $status }
