use prill_core::scan::{number, unit};
use prill_core::{Polarity, Printed};

use crate::put::{DATAGRAM, DATAGRAMS, To};

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
        let mut cells = row.split(',').skip(5);
        let (id, time) = (cells.next()?, cells.next()?);
        if head.is_some() {
            return Some(Self { id, start: time, end: cells.next()?, received: None });
        }
        let (start, end) = time.split_once('-')?;
        let received = cells.nth(4).map(|all| !all.starts_with('-'));
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
pub(crate) fn put(row: &str, head: Option<&str>, to: &mut To<'_>) {
    let mut cells = row.split(',');
    if let Some(head) = head {
        for (name, token) in head.split(',').zip(cells) {
            // A time of 0 stands for one that the system does not say.
            let placeholder = name.starts_with("tcp") && token == "0" && name != "tcpretry";
            match COLUMNS.iter().find(|(column, ..)| *column == name).filter(|_| number::is_token(token) && !placeholder) {
                Some((_, name, printed, polarity)) => to.put(name, *printed, *polarity, token),
                None => to.out.ignore(token, "names the row, or has no unit"),
            }
        }
        return;
    }
    cells.by_ref().take(7).for_each(|token| to.out.ignore(token, "names the row"));
    let (Some(bytes), Some(rate)) = (cells.next(), cells.next()) else { return };
    to.amounts((bytes, unit::BYTE), (rate, unit::BIT_PER_S));
    // Jitter, datagrams lost, all, the share, those out of order.
    let mut rest = cells.clone();
    if let [Some(jitter), Some(lost), Some(all), Some(share), Some(order), None] = [(); 6].map(|()| rest.next())
        && to.lost(lost, all, Some(share))
    {
        to.put("jitter", unit::MS, Polarity::Lower, jitter);
        to.put("datagram.out_of_order", DATAGRAM, Polarity::Lower, order);
    } else {
        cells.for_each(|token| to.out.ignore(token, "not measured"));
    }
}
