//! What every format must satisfy, over `samples/FORMAT/`.

use prill_extract_hpcc as _;

mod hpcc {
    prill_testkit::conformance!("hpcc");
}

mod hpl {
    prill_testkit::conformance!("hpl");
}
