//! How different two colours look: to most readers, to colour-blind ones, and on a print without colour.

use super::colour::Colour;

/// A way of seeing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vision {
    /// With all three kinds of cones.
    Usual,
    /// Without the cones for long waves.
    Protan,
    /// Without those for medium waves.
    Deutan,
    /// Without those for short waves.
    Tritan,
    /// A print or a screen that shows lightness only.
    Grey,
}

impl Vision {
    /// All of them.
    pub const EACH: [Vision; 5] = [Vision::Usual, Vision::Protan, Vision::Deutan, Vision::Tritan, Vision::Grey];

    /// What linear red, green and blue become.
    ///
    /// # Reference
    /// G. M. Machado, M. M. Oliveira, L. A. F. Fernandes: A physiologically-based model for simulation of color vision
    /// deficiency. IEEE Transactions on Visualization and Computer Graphics 15(6), 2009, severity 1.0.
    /// doi:10.1109/TVCG.2009.113
    const fn matrix(self) -> [[f64; 3]; 3] {
        match self {
            Vision::Usual => [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            Vision::Protan => [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
            Vision::Deutan => [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
            Vision::Tritan => [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
            Vision::Grey => [LUMINANCE, LUMINANCE, LUMINANCE],
        }
    }

    /// The colour as it is seen, in CIELAB under D65.
    fn lab(self, colour: Colour) -> [f64; 3] {
        let linear = colour.linear();
        let row = |weights: [f64; 3]| weights.iter().zip(linear).map(|(weight, value)| weight * value).sum::<f64>();
        let seen = self.matrix().map(|weights| row(weights).clamp(0.0, 1.0));
        let of = |weights: [f64; 3], white: f64| {
            let ratio = weights.iter().zip(seen).map(|(weight, value)| weight * value).sum::<f64>() / white;
            if ratio > 216.0 / 24_389.0 { ratio.cbrt() } else { (24_389.0 / 27.0 * ratio + 16.0) / 116.0 }
        };
        let x = of([0.412_456_4, 0.357_576_1, 0.180_437_5], 0.950_47);
        let y = of(LUMINANCE, 1.0);
        let z = of([0.019_333_9, 0.119_192_0, 0.950_304_1], 1.088_83);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    /// How different two colours look, as CIEDE2000: 1 can just be told apart side by side.
    #[must_use]
    pub fn difference(self, first: Colour, second: Colour) -> f64 {
        ciede2000(self.lab(first), self.lab(second))
    }
}

/// What red, green and blue give to luminance.
pub(super) const LUMINANCE: [f64; 3] = [0.212_672_9, 0.715_152_2, 0.072_175_0];

/// The smallest difference of two colours in any way of seeing.
#[must_use]
pub fn least_difference(first: Colour, second: Colour) -> f64 {
    Vision::EACH.into_iter().map(|vision| vision.difference(first, second)).fold(f64::INFINITY, f64::min)
}

/// The contrast of a text and what it stands on, 1 to 21.
///
/// # Reference
/// Web Content Accessibility Guidelines 2.2, contrast ratio.
#[must_use]
pub fn contrast(first: Colour, second: Colour) -> f64 {
    let (first, second) = (first.luminance() + 0.05, second.luminance() + 0.05);
    first.max(second) / first.min(second)
}

/// The difference of two colours in CIELAB.
///
/// # Reference
/// G. Sharma, W. Wu, E. N. Dalal: The CIEDE2000 color-difference formula. Color Research and Application 30(1), 2005.
/// doi:10.1002/col.20070
fn ciede2000(first: [f64; 3], second: [f64; 3]) -> f64 {
    let [l1, a1, b1] = first;
    let [l2, a2, b2] = second;
    let seventh = |chroma: f64| (chroma.powi(7) / (chroma.powi(7) + 25.0_f64.powi(7))).sqrt();
    let stretch = 0.5 * (1.0 - seventh(f64::midpoint(a1.hypot(b1), a2.hypot(b2))));
    let (a1, a2) = (a1 * (1.0 + stretch), a2 * (1.0 + stretch));
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue = |a: f64, b: f64| if a == 0.0 && b == 0.0 { 0.0 } else { b.atan2(a).to_degrees().rem_euclid(360.0) };
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let has_hue = c1 * c2 != 0.0;
    let turn = match h2 - h1 {
        _ if !has_hue => 0.0,
        turn if turn > 180.0 => turn - 360.0,
        turn if turn < -180.0 => turn + 360.0,
        turn => turn,
    };
    let hue_step = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin();
    let lightness = f64::midpoint(l1, l2);
    let chroma = f64::midpoint(c1, c2);
    let hue = match h1 + h2 {
        sum if !has_hue => sum,
        sum if (h1 - h2).abs() <= 180.0 => sum / 2.0,
        sum if sum < 360.0 => f64::midpoint(sum, 360.0),
        sum => (sum - 360.0) / 2.0,
    };
    let cos = |degrees: f64| degrees.to_radians().cos();
    let t = 1.0 - 0.17 * cos(hue - 30.0) + 0.24 * cos(2.0 * hue) + 0.32 * cos(3.0 * hue + 6.0)
        - 0.20 * cos(4.0 * hue - 63.0);
    let bend = (lightness - 50.0).powi(2);
    let for_lightness = (l2 - l1) / (1.0 + 0.015 * bend / (20.0 + bend).sqrt());
    let for_chroma = (c2 - c1) / (1.0 + 0.045 * chroma);
    let for_hue = hue_step / (1.0 + 0.015 * chroma * t);
    let blue = -(60.0 * (-((hue - 275.0) / 25.0).powi(2)).exp()).to_radians().sin() * 2.0 * seventh(chroma);
    let square = for_lightness.powi(2) + for_chroma.powi(2) + for_hue.powi(2) + blue * for_chroma * for_hue;
    square.max(0.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_those_its_authors_publish() {
        let pairs = [
            ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
            ([50.0, 3.1571, -77.2803], [50.0, 0.0, -82.7485], 2.8615),
            ([50.0, -1.3802, -84.2814], [50.0, 0.0, -82.7485], 1.0000),
            ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
            ([50.0, 2.5, 0.0], [61.0, -5.0, 29.0], 22.8977),
            ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
        ];
        for (first, second, published) in pairs {
            let found = ciede2000(first, second);
            assert!((found - published).abs() < 5e-5, "{first:?} {second:?}: {found}, not {published}");
            assert!((ciede2000(second, first) - found).abs() < 1e-9, "it has no direction");
        }
    }

    #[test]
    fn black_on_white_has_the_greatest_contrast_and_red_turns_to_green_for_some() {
        let (white, black) = (Colour::oklch(1.0, 0.0, 0.0), Colour::oklch(0.0, 0.0, 0.0));
        assert!((contrast(white, black) - 21.0).abs() < 1e-4);
        let (red, green) = (Colour::oklch(0.6, 0.12, 30.0), Colour::oklch(0.6, 0.12, 130.0));
        assert!(Vision::Deutan.difference(red, green) < 0.5 * Vision::Usual.difference(red, green));
    }
}
