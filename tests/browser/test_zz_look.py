import pytest

from cms.models import ArticlePage
from tests.browser.conftest import *
from tests.browser.looking import *
from tests.browser.test_pages import LIMITS
from tests.cms.blocks.bodies import *
from tests.courses.media import make_media

pytestmark=[pytest.mark.browser]
def test_look(new_context, live_server, scene):
    film=scene.film_lesson.media
    sound=make_media(type="audio",title="录音")
    body=full_body(image=make_image(size=(1600,1000)),film=film,sound=sound,document=make_document(),quiz=scene.quiz)
    page=scene.column.add_child(instance=ArticlePage(title="什么都有的文章",slug="all",body=body))
    page.save_revision().publish()
    out=[]
    for name,vp,size in [("phone",PHONE,""),("large",PHONE,"l"),("xl",PHONE,"xl"),("pc",PC,""),("pcxl",PC,"xl")]:
        c=new_context(vp)
        enter(c, live_server.url, scene.member)
        c.add_cookies([{"name":"text_size","value":size,"url":live_server.url}])
        p=c.new_page(); p.goto(page.url); p.wait_for_timeout(500)
        p.screenshot(path=f"/tmp/writing-{name}.png",full_page=True)
        lim=LIMITS[size] if vp==PHONE else dict(smallest_text=12,smallest_target=24)
        out+= [name+": "+f for f in find_axe_faults(p)+find_size_faults(p,**lim)]
    print("\n".join(out))
    assert not out
