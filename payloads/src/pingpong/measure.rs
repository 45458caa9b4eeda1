use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, Builder, ScopedJoinHandle};
use std::time::{Duration, Instant};

use super::baton::{Baton, Call};
use super::histogram::Histogram;
use super::options::Options;

/// What one pair of threads measured.
pub(super) struct Pair {
    pub(super) wakeups: Histogram,
    /// Calls to a thread that was still awake: no wake-ups.
    pub(super) awake: u64,
    /// From the end of the warm-up to the last call.
    pub(super) elapsed: Duration,
}

/// Runs all pairs at once.
///
/// # Errors
/// When there are not enough threads or pipes.
pub(super) fn measure(options: &Options) -> io::Result<Vec<Pair>> {
    let clock = Clock::start(options);
    let games = (0..options.pairs).map(|_| Game::new(options, clock)).collect::<io::Result<Vec<_>>>()?;
    thread::scope(|scope| {
        let pairs: Vec<_> = (games.iter().enumerate())
            .map(|(number, game)| named(format!("ping-{number}")).spawn_scoped(scope, move || game.play(number)))
            .collect();
        pairs.into_iter().map(|pair| joined(pair?)?).collect()
    })
}

/// The stack of a player, which needs little.
const STACK: usize = 128 << 10;

fn named(name: String) -> Builder {
    Builder::new().name(name).stack_size(STACK)
}

fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> io::Result<T> {
    thread.join().map_err(|_| io::Error::other("a thread panicked"))
}

/// The times that all pairs share, in nanoseconds since the start.
#[derive(Clone, Copy)]
struct Clock {
    start: Instant,
    warm: u64,
    end: u64,
}

impl Clock {
    fn start(options: &Options) -> Self {
        let warm = nanoseconds(options.warmup);
        Self { start: Instant::now(), warm, end: warm + nanoseconds(options.runtime) }
    }

    /// Never 0, which a baton takes for nobody's call.
    fn now(&self) -> u64 {
        nanoseconds(self.start.elapsed()).max(1)
    }
}

fn nanoseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

struct Game {
    clock: Clock,
    rest: Duration,
    to_ping: Baton,
    to_pong: Baton,
    over: AtomicBool,
}

/// What one thread of a pair measured.
struct Player {
    wakeups: Histogram,
    awake: u64,
}

impl Game {
    fn new(options: &Options, clock: Clock) -> io::Result<Self> {
        let (to_ping, to_pong) = (Baton::new(options.means)?, Baton::new(options.means)?);
        Ok(Self { clock, rest: options.sleep, to_ping, to_pong, over: AtomicBool::new(false) })
    }

    /// The calling thread is ping; pong is started from it, so that a missing thread leaves nobody waiting.
    fn play(&self, number: usize) -> io::Result<Pair> {
        thread::scope(|scope| {
            self.to_ping.mine();
            let pong = named(format!("pong-{number}")).spawn_scoped(scope, || self.pong())?;
            let (mut ping, last) = self.ping();
            let pong = joined(pong)?;
            ping.wakeups.merge(&pong.wakeups);
            let elapsed = Duration::from_nanos(last - self.clock.warm);
            Ok(Pair { wakeups: ping.wakeups, awake: ping.awake + pong.awake, elapsed })
        })
    }

    fn ping(&self) -> (Player, u64) {
        let mut player = Player::new();
        loop {
            self.to_pong.call(self.clock.now());
            let call = self.to_ping.wait();
            let now = self.clock.now();
            player.note(&call, now, &self.clock);
            if now >= self.clock.end {
                self.over.store(true, Ordering::Release);
                self.to_pong.call(now);
                return (player, now);
            }
            self.rest();
        }
    }

    fn pong(&self) -> Player {
        self.to_pong.mine();
        let mut player = Player::new();
        loop {
            let call = self.to_pong.wait();
            let now = self.clock.now();
            if self.over.load(Ordering::Acquire) {
                return player;
            }
            player.note(&call, now, &self.clock);
            self.rest();
            self.to_ping.call(self.clock.now());
        }
    }

    fn rest(&self) {
        if !self.rest.is_zero() {
            thread::sleep(self.rest);
        }
    }
}

impl Player {
    fn new() -> Self {
        Self { wakeups: Histogram::new(), awake: 0 }
    }

    fn note(&mut self, call: &Call, now: u64, clock: &Clock) {
        if call.at < clock.warm {
            return;
        }
        if call.woke {
            self.wakeups.add(now.saturating_sub(call.at));
        } else {
            self.awake += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::baton::Means;
    use super::*;

    #[test]
    fn every_pair_measures_real_wakeups() {
        for means in [Means::Futex, Means::Pipe] {
            let runtime = Duration::from_millis(60);
            let options = Options { pairs: 2, runtime, warmup: Duration::from_millis(5), means, ..Options::default() };
            let pairs = measure(&options).unwrap();
            assert_eq!(pairs.len(), 2);
            for pair in &pairs {
                assert!(pair.wakeups.count() > 10, "{means:?}: {} wake-ups", pair.wakeups.count());
                assert!(pair.elapsed >= runtime);
                // No thread is running again in less than a system call takes.
                assert!(pair.wakeups.min() > 100, "{means:?}: {} ns", pair.wakeups.min());
                let together = pair.wakeups.mean() * pair.wakeups.count() as f64;
                assert!(together <= pair.elapsed.as_nanos() as f64, "wake-ups of a pair never overlap");
            }
        }
    }

    #[test]
    fn rest_makes_fewer_wakeups() {
        let runtime = Duration::from_millis(50);
        let options = Options { runtime, warmup: Duration::ZERO, sleep: Duration::from_millis(5), ..Options::default() };
        let pair = &measure(&options).unwrap()[0];
        let rests = pair.elapsed.as_millis() as u64 / 5;
        let count = pair.wakeups.count();
        assert!((1..=rests + 1).contains(&count), "{count} wake-ups with {rests} rests between them");
    }
}
