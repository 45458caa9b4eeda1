/// Counts of durations in buckets that grow with the duration: below 256 ns one a nanosecond, above it 128 for each
/// doubling, so a bucket is never wider than 1/128 of what is in it.
#[derive(Clone)]
pub(super) struct Histogram {
    counts: Box<[u64]>,
    count: u64,
    sum: u128,
    min: u64,
    max: u64,
}

/// log2 of the buckets in one doubling.
const FINE: u32 = 7;
/// Durations from 2^40 ns (18 minutes) on share the last bucket.
const TOP: u32 = 40;
const BUCKETS: usize = ((TOP - FINE + 1) as usize) << FINE;

/// A percentile: the upper end of its bucket, and how wide that is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Percentile {
    pub(super) ns: u64,
    pub(super) step: u64,
}

impl Histogram {
    pub(super) fn new() -> Self {
        Self { counts: vec![0; BUCKETS].into(), count: 0, sum: 0, min: u64::MAX, max: 0 }
    }

    pub(super) fn add(&mut self, ns: u64) {
        self.counts[bucket(ns)] += 1;
        self.count += 1;
        self.sum += u128::from(ns);
        self.min = self.min.min(ns);
        self.max = self.max.max(ns);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.counts.iter_mut().zip(&other.counts) {
            *mine += theirs;
        }
        self.count += other.count;
        self.sum += other.sum;
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
    }

    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// Meaningless while nothing was added, like `max` and `mean`.
    pub(super) fn min(&self) -> u64 {
        self.min
    }

    pub(super) fn max(&self) -> u64 {
        self.max
    }

    pub(super) fn mean(&self) -> f64 {
        self.sum as f64 / self.count as f64
    }

    /// The duration that `percent` of those added do not exceed.
    pub(super) fn percentile(&self, percent: f64) -> Percentile {
        let rank = ((percent / 100.0 * self.count as f64).ceil() as u64).max(1);
        let mut seen = 0;
        for (bucket, count) in self.counts.iter().enumerate() {
            seen += count;
            if seen >= rank {
                let (last, step) = edge(bucket);
                return Percentile { ns: last.min(self.max), step };
            }
        }
        Percentile { ns: self.max, step: 1 }
    }
}

fn bucket(ns: u64) -> usize {
    let ns = ns.min((1 << TOP) - 1);
    let shift = (u64::BITS - ns.leading_zeros()).saturating_sub(FINE + 1);
    ((shift as usize) << FINE) + (ns >> shift) as usize
}

/// The last nanosecond of a bucket and its width.
fn edge(bucket: usize) -> (u64, u64) {
    let shift = (bucket >> FINE).saturating_sub(1);
    let step = 1 << shift;
    let first = ((bucket - (shift << FINE)) as u64) << shift;
    (first + step - 1, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(durations: impl IntoIterator<Item = u64>) -> Histogram {
        let mut histogram = Histogram::new();
        durations.into_iter().for_each(|ns| histogram.add(ns));
        histogram
    }

    #[test]
    fn small_durations_are_exact() {
        let histogram = of(1..=200);
        assert_eq!(histogram.percentile(50.0), Percentile { ns: 100, step: 1 });
        assert_eq!(histogram.percentile(99.0), Percentile { ns: 198, step: 1 });
        assert_eq!((histogram.min(), histogram.max(), histogram.mean()), (1, 200, 100.5));
    }

    #[test]
    fn a_percentile_is_never_above_the_maximum() {
        let histogram = of([1_000_001]);
        assert_eq!(histogram.percentile(99.9).ns, 1_000_001);
        assert_eq!(of([u64::MAX]).max(), u64::MAX);
    }

    #[test]
    fn merging_is_adding() {
        let mut one = of([5, 600]);
        one.merge(&of([7, 80_000]));
        let all = of([5, 600, 7, 80_000]);
        assert_eq!((one.count(), one.min(), one.max(), one.mean()), (4, 5, 80_000, all.mean()));
        assert_eq!(one.counts, all.counts);
    }

    proptest::proptest! {
        #[test]
        fn a_bucket_holds_its_durations_closely(ns in 0u64..1 << TOP) {
            let (last, step) = edge(bucket(ns));
            proptest::prop_assert!(last >= ns && last - ns < step, "{ns} in {last} - {step}");
            proptest::prop_assert!(step == 1 || step <= ns / 128, "{ns} has step {step}");
        }
    }
}
