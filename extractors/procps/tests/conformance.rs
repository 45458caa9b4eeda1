//! What every format must satisfy, over `samples/FORMAT/`.

use prill_extract_procps as _;

mod free {
    prill_testkit::conformance!("free");
}

mod vmstat {
    prill_testkit::conformance!("vmstat");
}
