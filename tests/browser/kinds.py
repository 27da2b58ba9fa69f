"""A page of every kind there is, for tests that look at all of them."""

from tests.test_seed import CONTRACT

NO_PAGE = "/no/such/page/"
NOT_UNDERSTOOD = "/get-help/?topic=gardening"
NOTHING_FITS = "/get-help/?q=zzzz"
KINDS = [
    *CONTRACT,
    "/key-priorities/domestic-abuse/?v=q",
    "/get-help/?topic=domestic-abuse&for=men&by=phone",
    "/get-help/?page=2",
    NOT_UNDERSTOOD,
    NOTHING_FITS,
    "/get-help/childline/",
    "/get-help/karma-nirvana/",
    "/practitioners/channel-referral/",
    "/practitioners/disagreeing/",
    NO_PAGE,
]
