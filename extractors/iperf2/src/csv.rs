use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Polarity, Printed};

use crate::put::{DATAGRAM, DATAGRAMS, Of};

/// `20261129075541,127.0.0.1,45308,127.0.0.1,5109,2,0.0-0.5,55574588,889193408`: `reportCSV_bw_format` of `Locale.c`; since 2.2
/// with the two ends of the interval in columns of their own.
pub(crate) fn is_row(line: &str) -> bool {
    let mut cells = line.split(',');
    let (Some(date), Some(_), Some(from), Some(_), Some(to)) =
        (cells.next(), cells.next(), cells.next(), cells.next(), cells.next())
    else {
        return false;
    };
    let date = date.rsplit(':').next().unwrap_or_default();
    let (date, part) = date.split_once('.').unwrap_or((date, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    date.len() == 14 && digits(date) && digits(part) && digits(from) && digits(to) && !to.is_empty() && cells.count() > 3
}

/// The first line of 2.2: names of the columns.
pub(crate) fn is_head(line: &str) -> bool {
    line.starts_with("time,srcaddress,srcport,")
}

/// The parts of a row that say what it is of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key<'t> {
    /// -1 for the sum.
    pub(crate) id: &'t str,
    pub(crate) start: &'t str,
    pub(crate) end: &'t str,
    /// Numbers of datagrams that were received: a client prints -1 for all of them until the server's report.
    pub(crate) received: Option<bool>,
}

impl<'t> Key<'t> {
    pub(crate) fn of(row: &'t str, head: Option<&str>) -> Option<Self> {
        let cells: Vec<&str> = row.split(',').collect();
        let id = cells.get(5)?;
        if head.is_some() {
            return Some(Self { id, start: cells.get(6)?, end: cells.get(7)?, received: None });
        }
        let (start, end) = cells.get(6)?.split_once('-')?;
        let received = cells.get(11).map(|all| !all.starts_with('-'));
        Some(Self { id, start, end, received })
    }
}

/// The columns of 2.2 that are measured.
const COLUMNS: [(&str, &str, Printed, Polarity); 13] = [
    ("bytes", "transfer.bytes", unit::BYTE, Polarity::Higher),
    ("speed", "throughput", unit::BIT_PER_S, Polarity::Higher),
    ("jitter", "jitter", unit::MS, Polarity::Lower),
    ("errors", "datagram.lost", DATAGRAM, Polarity::Lower),
    ("datagrams", "datagram.count", DATAGRAM, Polarity::Higher),
    ("errpercent", "datagram.loss", unit::PERCENT, Polarity::Lower),
    ("outoforder", "datagram.out_of_order", DATAGRAM, Polarity::Lower),
    ("pps", "datagram.rate", DATAGRAMS, Polarity::Higher),
    ("writecnt", "write.count", Printed::base("{write}"), Polarity::Informational),
    ("writeerr", "write.failed", Printed::base("{write}"), Polarity::Lower),
    ("tcpretry", "retransmits", Printed::base("{retransmit}"), Polarity::Lower),
    ("tcprtt", "rtt", unit::US, Polarity::Lower),
    ("tcprttvar", "rtt.variation", unit::US, Polarity::Unknown),
];

/// Puts in what a row says.
pub(crate) fn put(row: &str, head: Option<&str>, of: &Of<'_>, out: &mut MetricSink) {
    let cells: Vec<&str> = row.split(',').collect();
    if let Some(head) = head {
        for (name, token) in head.split(',').zip(&cells) {
            // A time of 0 stands for one that the system does not say.
            let placeholder = name.starts_with("tcp") && *token == "0" && name != "tcpretry";
            match COLUMNS.iter().find(|(column, ..)| *column == name).filter(|_| number::is_token(token) && !placeholder) {
                Some((_, name, printed, polarity)) => of.put(name, *printed, *polarity, token, out),
                None => out.ignore(token, "names the row, or has no unit"),
            }
        }
        return;
    }
    let (names, values) = cells.split_at(cells.len().min(7));
    names.iter().for_each(|token| out.ignore(token, "names the row"));
    if let [bytes, rate, rest @ ..] = values {
        of.amounts((bytes, unit::BYTE), (rate, unit::BIT_PER_S), out);
        // Jitter, datagrams lost, all, the share, those out of order.
        if let [jitter, lost, all, share, order] = rest
            && of.lost(lost, all, Some(share), out)
        {
            of.put("jitter", unit::MS, Polarity::Lower, jitter, out);
            of.put("datagram.out_of_order", DATAGRAM, Polarity::Lower, order, out);
        } else {
            rest.iter().for_each(|token| out.ignore(token, "not measured"));
        }
    }
}
