"""What a reader finds on the Wegwijzer and on the pages of subjects."""


def cells(page):
    return {(cell.get("data-onderwerp"), cell.get("data-categorie")): cell for cell in page.xpath("//td")}


def count_of(cell):
    return int(cell.get("data-aantal"))


def entries(page):
    return [entry.get("data-vermelding") for entry in page.xpath("//article[@data-vermelding]")]


def lines(page):
    return [line.xpath(".//h3/a/@href")[0] for line in page.xpath("//li[@data-resultaat]")]


def names_of_links(element):
    return [" ".join(link.text_content().split()) for link in element.xpath(".//a")]
