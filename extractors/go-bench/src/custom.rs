use prill_core::scan::unit;
use prill_core::{Polarity, Printed};

/// Unit and polarity of a metric that a benchmark reports in `unit`: `p99-ns`, `req/s`, `heap-B`.
///
/// What is measured is the last word before the slash, by the rules of `benchunit.Tidy` of `golang.org/x/perf`: `ns` are times, `B` and
/// `MB` bytes, and what is counted in a second is a rate.
pub(crate) fn of(unit: &str) -> (Option<Printed>, Polarity) {
    let (above, below) = unit.rsplit_once('/').map_or((unit, ""), |(above, below)| (above, below));
    let measured = above.rsplit(['-', '*']).next().unwrap_or(above);
    let in_a_second = matches!(below, "s" | "sec");
    match measured {
        "ns" if !in_a_second => (Some(unit::NS), Polarity::Lower),
        "us" | "µs" if !in_a_second => (Some(unit::US), Polarity::Lower),
        "ms" if !in_a_second => (Some(unit::MS), Polarity::Lower),
        "s" | "sec" if !in_a_second => (Some(unit::SECOND), Polarity::Lower),
        "B" if in_a_second => (Some(unit::BYTE_PER_S), Polarity::Higher),
        "MB" if in_a_second => (Some(unit::MB_PER_S), Polarity::Higher),
        "GB" if in_a_second => (Some(unit::GB_PER_S), Polarity::Higher),
        "KiB" if in_a_second => (Some(unit::KIB_PER_S), Polarity::Higher),
        "MiB" if in_a_second => (Some(unit::MIB_PER_S), Polarity::Higher),
        "GiB" if in_a_second => (Some(unit::GIB_PER_S), Polarity::Higher),
        "B" | "bytes" => (Some(unit::BYTE), Polarity::Unknown),
        "MB" => (Some(unit::MB), Polarity::Unknown),
        "MiB" => (Some(unit::MIB), Polarity::Unknown),
        "%" if below.is_empty() => (Some(unit::PERCENT), Polarity::Unknown),
        _ if in_a_second && !measured.contains('B') => (Some(Printed::base("{count}/s")), Polarity::Higher),
        _ => (None, Polarity::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_read_by_the_word_before_the_slash() {
        let code = |unit| of(unit).0.map(|p| (p.unit.code(), p.scale.exp10));
        assert_eq!(code("p99-ns"), Some(("s", -9)));
        assert_eq!(code("ns/frame"), Some(("s", -9)));
        assert_eq!(code("req/s"), Some(("{count}/s", 0)));
        assert_eq!(code("MB/s"), Some(("By/s", 6)));
        assert_eq!(code("heap-B"), Some(("By", 0)));
        assert_eq!(code("KB/s"), None, "1000 or 1024");
        assert_eq!(code("hit-ratio"), None);
        assert_eq!(of("req/s").1, Polarity::Higher);
    }
}
