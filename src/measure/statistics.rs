//! Percentiles, defined once.

use rayon::prelude::*;

/// The percentile of values that each stand for so many pupils: the smallest value with at least `share` of the weight
/// at or below it. Zero where there is no weight.
///
/// Sorts `values` by value. Cost: O(n log n).
pub fn weighted_percentile(values: &mut [(f64, u64)], share: f64) -> f64 {
    values.par_sort_by(|first, second| first.0.total_cmp(&second.0));
    let total: u64 = values.iter().map(|(_, weight)| weight).sum();
    let wanted = share * total as f64;
    let mut sum = 0;
    for (value, weight) in values.iter().filter(|(_, weight)| *weight > 0) {
        sum += weight;
        if sum as f64 >= wanted - 1e-9 {
            return *value;
        }
    }
    0.0
}

/// The percentile of plain values by linear interpolation between closest ranks (Hyndman and Fan's type 7).
///
/// `None` where there are no values. Sorts a copy. Cost: O(n log n).
///
/// # Reference
/// R. J. Hyndman, Y. Fan: Sample quantiles in statistical packages. The American Statistician 50(4), 1996.
/// doi:10.1080/00031305.1996.10473566
#[must_use]
pub fn percentile(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().checked_sub(1)?;
    let rank = share * last as f64;
    let (below, above) = (rank.floor() as usize, rank.ceil() as usize);
    Some(sorted[below] + (sorted[above] - sorted[below]) * (rank - rank.floor()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_decide_the_weighted_percentile() {
        let mut values = [(10.0, 1), (20.0, 8), (30.0, 1)];
        assert_eq!(weighted_percentile(&mut values, 0.5), 20.0);
        assert_eq!(weighted_percentile(&mut values, 0.1), 10.0);
        assert_eq!(weighted_percentile(&mut values, 0.95), 30.0);
        assert_eq!(weighted_percentile(&mut [], 0.5), 0.0);
    }

    #[test]
    fn plain_percentiles_interpolate() {
        let values = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(percentile(&values, 0.25), Some(1.75));
        assert_eq!(percentile(&values, 1.0), Some(4.0));
        assert_eq!(percentile(&[], 0.5), None);
    }
}
