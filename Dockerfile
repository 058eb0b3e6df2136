# leakreach as an image: the committed bundle, Node and git; nothing is installed from npm, and nothing is fetched when it runs.
#   docker build -t leakreach .
#   docker run --rm --network none -v "$PWD:/src:ro" leakreach scan /src
FROM node:24-alpine
# git tells which files of a work tree it ignores; without it every file is scanned.
RUN apk add --no-cache git
COPY LICENSE /opt/leakreach/
COPY dist /opt/leakreach/dist
USER node
WORKDIR /src
ENTRYPOINT ["node", "/opt/leakreach/dist/leakreach.js"]
CMD ["--help"]
