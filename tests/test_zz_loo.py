import pytest, random
from collections import Counter
pytestmark=pytest.mark.django_db
def test_loo():
    from safeguarding_site.search.library import Library
    from safeguarding_site.search import ranking, library as L
    from safeguarding_site.search.words import Query, words_of, stems_of, stem
    lib=Library()
    ok=Counter(); miss=[]
    random.seed(1)
    terms=[t for t in lib.terms if not t.alone and t.record.canonical!=t.text and t.record.kind!='misspelling']
    random.shuffle(terms)
    for t in terms[:350]:
        # leave one out
        key=lib.key_of(t.record)
        saved={s:lib.terms_with[s] for s in t.stems}
        for s in t.stems: lib.terms_with[s]=[x for x in lib.terms_with[s] if x is not t]
        ev={}
        for s in t.stems:
            if s in lib.evidence:
                ev[s]=lib.evidence[s]
                c=dict(lib.counts[s]); c[key]=c.get(key,0)-3/len(t.stems)**.5
                tot=sum(c.values())+2
                lib.evidence[s]={k:max(v,0)/tot for k,v in c.items()}
        q=Query(t.text,lib.vocabulary)
        m=ranking.matched_terms(q,lib); tp=ranking.topics_of(q,m,lib)
        top=list(tp)[:3]
        if tp and tp[top[0]]<=0.01: top=[]
        ok['n']+=1
        ok['at1']+= key in top[:1]; ok['at2']+= key in top[:2]; ok['none']+= not top
        if key not in top[:1] and top: miss.append((t.text,key,[(k,round(tp[k],2)) for k in top]))
        for s,v in saved.items(): lib.terms_with[s]=v
        for s,v in ev.items(): lib.evidence[s]=v
    print(ok)
    for x in miss[:45]: print(x)
