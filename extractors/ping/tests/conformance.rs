//! What every format must satisfy, over `samples/FORMAT/`.

use prill_extract_ping as _;

mod ping {
    prill_testkit::conformance!("ping");
}

mod fping {
    prill_testkit::conformance!("fping");
}
