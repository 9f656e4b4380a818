//! Crowded places drawn larger on a further page, where their names find room.

use geo::{BoundingRect, Coord, MultiPoint, Rect};

use super::page::Page;

/// Names without room that make a place crowded.
const CROWD: usize = 3;

/// Insets a page has at most.
const MOST: usize = 6;

/// Pixels between neighbours of one crowd, and how much less where a crowd would be no smaller than the map.
const REACHES: [f64; 4] = [45.0, 30.0, 20.0, 12.0];

/// The largest part of the frame's width or height that a crowd takes.
const LARGEST: f64 = 0.3;

/// Pixels around a crowd, and how much larger it is drawn at most.
const ROOM: f64 = 16.0;
const LARGER: f64 = 10.0;

/// Room above an inset for what it is called, and between insets.
const CAPTION: f64 = 24.0;
const GAP: f64 = 18.0;

/// Whether a place lies in a piece of ground.
pub(super) fn lies_in(at: Coord<f64>, ground: Rect<f64>) -> bool {
    (ground.min().x..=ground.max().x).contains(&at.x) && (ground.min().y..=ground.max().y).contains(&at.y)
}

/// The insets of a page: pages whose frames share the upper part of its second leaf, `share` of its height, each showing a
/// place where names, at these places of the page, found no room. The most crowded first; none where none is crowded.
pub(super) fn insets(page: &Page, without_room: &[Coord<f64>], share: f64) -> Vec<Page> {
    let mut windows = Vec::new();
    gather(without_room.to_vec(), &REACHES, page.frame, &mut windows);
    windows.sort_by(|(one, first), (other, second)| {
        other.cmp(one).then(first.min().x.total_cmp(&second.min().x)).then(first.min().y.total_cmp(&second.min().y))
    });
    windows.truncate(MOST);
    let [across, down] = match windows.len() {
        0 => return Vec::new(),
        1 => [1, 1],
        2 => [2, 1],
        3 | 4 => [2, 2],
        _ => [3, 2],
    };
    let (left, top) = (page.margin, page.height + page.margin);
    let (wide, high) = (page.width - 2.0 * page.margin, share * page.height - page.margin);
    let step = Coord { x: (wide + GAP) / f64::from(across), y: high / f64::from(down) };
    let frames = (0..down).flat_map(|row| {
        (0..across).map(move |column| {
            let low = Coord { x: left + f64::from(column) * step.x, y: top + f64::from(row) * step.y + CAPTION };
            Rect::new(low, low + Coord { x: step.x - GAP, y: step.y - CAPTION - GAP / 2.0 })
        })
    });
    frames.zip(windows).map(|(frame, (_, window))| page.larger(frame, fitted(window, frame))).collect()
}

/// Crowds of places, each with the piece of the page it takes.
fn gather(mut places: Vec<Coord<f64>>, reaches: &[f64], frame: Rect<f64>, crowds: &mut Vec<(usize, Rect<f64>)>) {
    let [reach, closer @ ..] = reaches else { return };
    while let Some(first) = places.pop() {
        let mut crowd = vec![first];
        let mut next = 0;
        while next < crowd.len() {
            let at = crowd[next];
            let is_near = |other: &Coord<f64>| (other.x - at.x).hypot(other.y - at.y) <= *reach;
            let (near, far): (Vec<Coord<f64>>, Vec<Coord<f64>>) = places.into_iter().partition(is_near);
            crowd.extend(near);
            places = far;
            next += 1;
        }
        if crowd.len() < CROWD {
            continue;
        }
        let Some(around) = MultiPoint::from(crowd.clone()).bounding_rect() else { continue };
        if around.width() > LARGEST * frame.width() || around.height() > LARGEST * frame.height() {
            gather(crowd, closer, frame, crowds);
        } else {
            crowds.push((crowd.len(), around));
        }
    }
}

/// A crowd with room around it, in the shape of a frame, and no smaller than what can be drawn larger.
fn fitted(crowd: Rect<f64>, frame: Rect<f64>) -> Rect<f64> {
    let (wide, high) = (crowd.width() + 2.0 * ROOM, crowd.height() + 2.0 * ROOM);
    let wide = wide.max(high * frame.width() / frame.height()).max(frame.width() / LARGER);
    let half = Coord { x: wide / 2.0, y: wide / 2.0 * frame.height() / frame.width() };
    Rect::new(crowd.center() - half, crowd.center() + half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crowds_are_told_apart_and_small_ones_are_none() {
        let frame = Rect::new((0.0, 0.0), (1000.0, 1000.0));
        let row = |start: f64, count: usize, step: f64| {
            (0..count).map(move |at| Coord { x: start + step * at as f64, y: start }).collect::<Vec<_>>()
        };
        let places = [row(100.0, 5, 10.0), row(500.0, 3, 40.0), row(900.0, 2, 5.0)].concat();
        let mut crowds = Vec::new();
        gather(places, &REACHES, frame, &mut crowds);
        let mut counts: Vec<usize> = crowds.iter().map(|(count, _)| *count).collect();
        counts.sort_unstable();
        assert_eq!(counts, [3, 5]);
        // A crowd across the whole map is parted where it is thinner: five at its end, and the next 25 away.
        let mut crowds = Vec::new();
        gather([row(0.0, 12, 40.0), row(0.0, 4, 5.0)].concat(), &REACHES, frame, &mut crowds);
        assert_eq!(crowds.iter().map(|(count, _)| *count).collect::<Vec<_>>(), [6]);
        let window = fitted(Rect::new((10.0, 10.0), (20.0, 12.0)), Rect::new((0.0, 0.0), (300.0, 150.0)));
        assert!((window.width() - 2.0 * window.height()).abs() < 1e-9 && window.width() >= 42.0);
    }
}
