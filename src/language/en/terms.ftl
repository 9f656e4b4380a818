### Words of the field

stage-primary = primary
stage-junior = junior
stage-all = all pupils
stages-within-districts = { $stage }, within districts
stages-of-schools = all stages
stages-together = all stages at once

severity-error = error
severity-warning = warning
severity-note = note

indicator-qualified-teachers = teachers above the required degree per 100 pupils
indicator-backbone-teachers = backbone teachers per 100 pupils
indicator-arts-sport-teachers = teachers of sport and arts per 100 pupils
indicator-teaching-area = teaching area per pupil
indicator-sports-area = sports area per pupil
indicator-equipment-value = value of equipment per pupil
indicator-multimedia-rooms = multimedia classrooms per 100 pupils
indicator-composite = composite (mean of the seven)

compass-north = north
compass-north-east = north-east
compass-east = east
compass-south-east = south-east
compass-south = south
compass-south-west = south-west
compass-west = west
compass-north-west = north-west

unit-blocks = blocks
unit-pupils = pupils
unit-metres = m
unit-schools = schools
unit-parts = parts

county-unnamed = This county
district-name = { $lead } district

distance-note-straight = straight line from block point to school gate
distance-note-barrier = straight line from block point to school gate, round by the crossings where a river or railway lies between
distance-note-road = along the roads people may walk on, with the straight legs from block point and school gate to the nearest road{ $others }
distance-note-given = as given in the table of distances, in metres{ $others }
distance-note-given-minutes = as given in the table of distances, in minutes, at { $speed } m a minute{ $others }
clause-distance-others = ; { $value } pairs of block and school without a way there count as the straight line plus 5 km

word-error = error
