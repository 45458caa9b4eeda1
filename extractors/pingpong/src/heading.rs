use prill_core::scan::Search;

/// The first line of a run: `pingpong: 2 pairs by futex, sleep 50 us, warm-up 0.1 s, ran 1.000238529 s`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Heading<'t> {
    pub(crate) pairs: &'t str,
    pub(crate) sleep: &'t str,
    pub(crate) warmup: &'t str,
    pub(crate) ran: &'t str,
}

impl<'t> Heading<'t> {
    pub(crate) fn read(line: &'t str) -> Option<Self> {
        let mut parts = line.trim_end().strip_prefix("pingpong: ")?.parts(", ");
        let (pairs, _means) = parts.next()?.cut(" by ")?;
        let pairs = pairs.strip_suffix(" pairs").or_else(|| pairs.strip_suffix(" pair"))?;
        let sleep = parts.next()?.strip_prefix("sleep ")?.strip_suffix(" us")?;
        let warmup = parts.next()?.strip_prefix("warm-up ")?.strip_suffix(" s")?;
        let ran = parts.next()?.strip_prefix("ran ")?.strip_suffix(" s")?;
        Some(Self { pairs, sleep, warmup, ran })
    }

    /// With a rest between wake-ups the rate is what was asked for, not what the machine can do.
    pub(crate) fn is_throttled(&self) -> bool {
        self.sleep.bytes().any(|b| b != b'0')
    }
}
