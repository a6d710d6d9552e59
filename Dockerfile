# Builds the bundled program, and an image with the program and its dependencies. Debian, not Alpine, because the
# embedded PostgreSQL needs glibc.
FROM node:lts-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json ./
COPY client ./client
COPY dashboard ./dashboard
COPY migrations ./migrations
COPY scripts ./scripts
COPY src ./src
COPY client ./client
COPY dashboard ./dashboard
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:lts-slim
ENV NODE_ENV=production
# A container must listen on all addresses to be reachable. Therefore the server does not start unless AUTH_REQUIRED=true
# or, to allow anonymous access, ALLOW_ANONYMOUS=true is set.
ENV HOST=0.0.0.0 PORT=9200 DATA_DIR=/app/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY config ./config
RUN mkdir data && chown node:node data
USER node
VOLUME /app/data
EXPOSE 9200
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 9200) + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/opsgraph.js", "start"]
