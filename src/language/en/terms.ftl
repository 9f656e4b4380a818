### Words of the field

stage-primary = primary
stage-junior = junior
stage-all = all pupils

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

unit-blocks = blocks
unit-pupils = pupils
unit-metres = m
unit-schools = schools
unit-parts = parts

county-unnamed = This county
district-name = { $lead } district

distance-note-straight = straight line from block point to school gate
distance-note-barrier = straight line from block point to school gate, round by the crossings where a river or railway lies between

word-error = error
