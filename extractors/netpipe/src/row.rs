use prill_core::extract::Kept;
use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Polarity, Printed, Span};

/// A number and its unit.
type Printing<'t> = (&'t str, Printed);

/// What was measured with messages of a size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Row<'t> {
    /// The number of the row, where its size is rounded.
    number: Option<&'t str>,
    /// The size as it is printed: `4096`, `24.576 KB`; none of the best of all rows.
    size: Option<Size<'t>>,
    throughput: Printing<'t>,
    latency: Printing<'t>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Size<'t> {
    Bytes(&'t str),
    /// Rounded to thousandths of its unit.
    Rounded(&'t str, &'t str),
}

impl<'t> Row<'t> {
    /// `116: 4194304 bytes   1000 times -->  45983.65 Mbps in     695.90 usec` of `netpipe.c`, 3 and 4, and
    /// ` 72:  24.576 KB      1000 times -->   256.751 Gbps  in  765.755 nsecs` of 5.
    pub(crate) fn parse(line: &'t str) -> Option<Self> {
        let arrow = line.match_indices('>').find_map(|(at, _)| line[..at].strip_suffix("--"))?.len();
        let (head, rest) = (&line[..arrow], &line[arrow + 3..]);
        let (number, head) = head.split_once(':')?;
        let [size, unit, _, "times"] = words(head)? else { return None };
        let is_five = unit != "bytes";
        let size = match unit {
            "bytes" | "B" => Size::Bytes(size),
            _ => Size::Rounded(size, unit),
        };
        let [throughput, rate, "in", latency, time] = words(rest)? else { return None };
        if ![throughput, latency].into_iter().all(number::is_token) {
            return None;
        }
        let number = matches!(size, Size::Rounded(..)).then_some(number.trim());
        Some(Self { number, size: Some(size), throughput: (throughput, speed(rate, is_five)?), latency: (latency, clock(time)?) })
    }

    pub(crate) fn put(&self, source: Option<&str>, line: &str, put: &mut Put, out: &mut MetricSink) {
        let size = match self.size {
            None => None,
            Some(Size::Bytes(token)) => Some(token),
            Some(Size::Rounded(token, unit)) => {
                put.size.clear();
                put.size.extend([token, " ", unit]);
                Some(put.size.as_str())
            }
        };
        // The best throughput and the latency of small messages are of no size.
        let (throughput, latency) = match size {
            Some(_) => ("throughput", "message.latency.mean"),
            None => ("throughput.max", "message.latency"),
        };
        let labels = [("message_size", size), ("row", self.number), ("source", source)];
        let labels = out.labels(labels.into_iter().filter_map(|(key, value)| Some((key, value?))));
        let numbers = [(throughput, self.throughput, Polarity::Higher), (latency, self.latency, Polarity::Lower)];
        for (name, (token, printed), polarity) in numbers {
            let begin = |_: &_| out.metric(name).unit(printed).polarity(polarity).series();
            let series = put.series.get((name, printed), begin);
            out.push(series.labels(labels), token);
        }
        let (whole, first, last) = (out.span_of(line), out.span_of(self.throughput.0), out.span_of(self.latency.0));
        for (start, end) in [(whole.start, first.start), (first.end, last.start), (last.end, whole.end)] {
            out.ignore_span(Span::new(start, end), "names the row");
        }
    }
}

/// What one row after the other is put in with.
#[derive(Default)]
pub(crate) struct Put {
    series: Kept<(&'static str, Printed)>,
    size: String,
}

/// The words of a text that has so many.
fn words<const N: usize>(text: &str) -> Option<[&str; N]> {
    let (mut words, mut found) = (text.split_whitespace(), [""; N]);
    for word in &mut found {
        *word = words.next()?;
    }
    words.next().is_none().then_some(found)
}

/// `Completed with        max bandwidth  311.403 Gbps      107.216 nsecs latency` of 5.
pub(crate) fn best(line: &str) -> Option<Row<'_>> {
    let rest = line.strip_prefix("Completed with ")?.trim_start().strip_prefix("max bandwidth ")?;
    let [throughput, rate, latency, time, "latency"] = words(rest)? else { return None };
    let numbers = [throughput, latency].into_iter().all(number::is_token);
    let (throughput, latency) = ((throughput, speed(rate, true)?), (latency, clock(time)?));
    numbers.then_some(Row { number: None, size: None, throughput, latency })
}

/// `      64 41.124498   0.00001187` of the file of `-o`: bytes, megabits a second, seconds.
pub(crate) fn point(line: &str) -> Option<Row<'_>> {
    let [size, throughput, latency] = words(line)?;
    let is_point = size.bytes().all(|b| b.is_ascii_digit())
        && [throughput, latency].into_iter().all(|token| token.contains('.') && number::is_token(token));
    is_point.then_some(Row {
        number: None,
        size: Some(Size::Bytes(size)),
        throughput: (throughput, MEBIBITS),
        latency: (latency, unit::SECOND),
    })
}

/// A `Mbps` of 3 and 4: `bits / (t * 1024 * 1024)`.
const MEBIBITS: Printed = unit::BIT_PER_S.shift2(20);

/// In 5 bits count in 1000.
fn speed(word: &str, is_five: bool) -> Option<Printed> {
    Some(match word {
        "Mbps" if !is_five => MEBIBITS,
        "bps" if is_five => unit::BIT_PER_S,
        "Kbps" if is_five => unit::KBIT_PER_S,
        "Mbps" => unit::MBIT_PER_S,
        "Gbps" if is_five => unit::GBIT_PER_S,
        "Tbps" if is_five => unit::GBIT_PER_S.shift(3),
        _ => return None,
    })
}

fn clock(word: &str) -> Option<Printed> {
    Some(match word {
        "nsecs" | "nsec" => unit::NS,
        "usecs" | "usec" => unit::US,
        "msecs" | "msec" => unit::MS,
        "secs" | "sec" => unit::SECOND,
        _ => return None,
    })
}
