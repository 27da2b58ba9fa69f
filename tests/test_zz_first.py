import pytest
from bs4 import BeautifulSoup
pytestmark=pytest.mark.django_db
def test_x(reader):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    import time
    for q in ["my dad drinks","boyfriend wont let me see freinds","matress dumped in alley","son watching nazi videos","suicide","samaritans","channel form","xyzzy","fly tipping","domestic abuse"]:
        for _ in range(2):
            t=time.perf_counter()
            with CaptureQueriesContext(connection) as c: r=reader.get("/search/",{"q":q})
            t=time.perf_counter()-t
        s=BeautifulSoup(r.content,"html.parser")
        print(q,"|",r.status_code,len(c),f"{t*1000:.0f} ms",[a.select_one("a")["href"] for a in s.main.select("ol.rows > li")][:5],[a["href"] for a in s.select(".danger .crisis a[href^='/']")])
    for x in c: print(x["time"],x["sql"][:150])
