### The annual review: targets, and education groups scored

clause-of-year = {" "}({ $value })
clause-of-owner = ; owner: { $value }

standing-met = met
standing-not-met = not met
standing-no-value = no value

targets-indicator = indicator
targets-comparison = comparison
targets-target = target
targets-value = value
targets-year = year
targets-owner = owner
targets-unit = unit
targets-standing = standing
targets-short-by = short by
targets-change = change
targets-change-from = change from
targets-line = [{ $standing }] { $indicator }{ $year }: { $value }, target { $target }{ $gap }{ $change }{ $owner }
clause-gap-below = , short by { $value }
clause-gap-above = , too high by { $value }
clause-gap-beside = , off by { $value }
targets-changed = ; { $change } since { $year }
targets-summary = { $count ->
    [one] one target
   *[other] { $count } targets
}: { $met } met, { $missed } not met, { $empty } without a value
targets-none-of-year = { $file }: the table has no row of { $year }, and none without a year

grade-excellent = excellent
grade-good = good
grade-qualified = qualified
grade-unqualified = unqualified

section-institutions = institutions
section-staff = staff
section-teaching = teaching
section-qualities = qualities
section-innovation = innovation
section-influence = influence

rubric-item = item { $number } ({ $section })
rubric-publicity = publicity
rubric-veto = the veto
rubric-takes-points = points from 0 to { $maximum }
rubric-takes-percent = a percentage from 0 to 100; up to 1 it needs its sign, as in 0.5 %, since it may be a share of the whole otherwise
rubric-takes-grade = a grade: excellent, good, qualified or unqualified
rubric-takes-times = how many times, as a whole number
rubric-takes-flag = yes or no

score-group = group
score-year = year
score-bonus = bonus
score-total = total
score-grade = grade
score-veto = veto
score-missing = missing items
score-advice = advice
score-yes = yes
score-no = no
score-ungraded = not graded
score-line = { $group }{ $year }: { $grade }; total { $total }, of which bonus { $bonus }
score-veto-decides = A major event the group is to blame for: unqualified, whatever the points
score-items-missing = No value for: { $items }
score-reorganise = reorganise
score-reorganise-why = Unqualified in two consecutive years: reorganise the group
score-day = { $day } { $month ->
    [8] August
    [9] September
   *[10] October
}
score-deadline-group = The group reviews itself by { $day }
score-deadline-district = The district reviews by { $day }
score-deadline-city = The city reviews by { $day }
score-summary = { $count ->
    [one] one review
   *[other] { $count } reviews
}: { $unqualified } unqualified, { $ungraded } without a grade
