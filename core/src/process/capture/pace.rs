//! When to look at the pipes again.
//!
//! Each wake-up of the harness takes CPU from what is measured, so a payload that prints often is not listened to: its
//! pipes hold a megabyte, and they are emptied at a tick. The tick is long while little comes and short while much comes,
//! so that the pipes never fill; a silent payload is listened to without any tick.

use std::time::Duration;

use super::stream::{PIPE_BYTES, Taken};

/// The longest tick with pipes of the full size: 21 wake-ups a second. A longer one would disturb less by waking up, and
/// more by letting a burst of more than a pipe that follows a trickle wait for the rest of the tick.
const LONGEST: Duration = Duration::from_millis(48);
/// The first tick after silence.
const FIRST: Duration = Duration::from_millis(1);
/// The shortest tick. In this time the fastest writer fills about half a pipe.
const SHORTEST: Duration = Duration::from_micros(250);

/// What to do until the next look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::process) enum Rest {
    /// Look again at once: the payload writes as fast as it is read.
    None,
    /// Sleep, deaf to the pipes.
    Tick(Duration),
    /// Sleep until something is written.
    Listen,
}

/// Decides from what each look found.
pub(in crate::process) struct Pace {
    tick: Duration,
}

impl Pace {
    pub(in crate::process) fn new() -> Self {
        Self { tick: FIRST }
    }

    /// The rest before the first look.
    pub(in crate::process) fn first(&self) -> Rest {
        Rest::Tick(self.tick)
    }

    /// The rest after a look that found this in the two pipes. `smallest` is the size of the smaller pipe that is open.
    pub(in crate::process) fn after(&mut self, taken: [Taken; 2], smallest: usize) -> Rest {
        let longest = LONGEST.mul_f64((smallest as f64 / PIPE_BYTES as f64).min(1.0));
        if taken.iter().all(|taken| taken.bytes == 0) || longest < 2 * SHORTEST {
            self.tick = FIRST.min(longest);
            return Rest::Listen;
        }
        let at_least = |part: usize| taken.iter().any(|taken| taken.bytes >= taken.size / part);
        if at_least(2) {
            self.tick = SHORTEST;
            return Rest::None;
        }
        if at_least(4) {
            self.tick /= 2;
        } else if !at_least(8) {
            self.tick *= 2;
        }
        self.tick = self.tick.clamp(SHORTEST, longest);
        Rest::Tick(self.tick)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(bytes: usize) -> [Taken; 2] {
        [Taken { bytes, size: PIPE_BYTES }, Taken { bytes: 0, size: PIPE_BYTES }]
    }

    #[test]
    fn a_trickle_is_emptied_less_than_forty_times_a_second() {
        let mut pace = Pace::new();
        let rests: Vec<_> = (0..10).map(|_| pace.after(found(2000), PIPE_BYTES)).collect();
        assert_eq!(rests.last(), Some(&Rest::Tick(LONGEST)));
        assert!(LONGEST > Duration::from_secs(1) / 40);
    }

    #[test]
    fn silence_is_listened_to() {
        assert_eq!(Pace::new().after(found(0), PIPE_BYTES), Rest::Listen);
    }

    #[test]
    fn a_pipe_that_fills_tightens_the_tick() {
        let mut pace = Pace::new();
        for _ in 0..10 {
            pace.after(found(10), PIPE_BYTES);
        }
        let tighter = pace.after(found(PIPE_BYTES / 3), PIPE_BYTES);
        assert_eq!(tighter, Rest::Tick(LONGEST / 2));
        assert_eq!(pace.after(found(PIPE_BYTES), PIPE_BYTES), Rest::None);
        assert_eq!(pace.after(found(PIPE_BYTES / 6), PIPE_BYTES), Rest::Tick(SHORTEST));
    }

    #[test]
    fn small_pipes_are_listened_to() {
        assert_eq!(Pace::new().after(found(100), 8192), Rest::Listen);
    }
}
